import { StoreUnavailable } from '../event-store';
import { SharedQuestion } from './shared-question';

/** A question whose answers the test gives: the number of questions asked so far. */
function setUp(deadline = 60_000): { shared: SharedQuestion<number>; answer: () => void; fail: () => void; asked: () => number } {
  const open: { resolve: (answer: number) => void; reject: (error: Error) => void }[] = [];
  let asked = 0;
  const shared = new SharedQuestion(() => {
    asked += 1;
    return new Promise<number>((resolve, reject) => open.push({ resolve, reject }));
  }, deadline);
  return { shared, answer: () => open.shift()?.resolve(asked), fail: () => open.shift()?.reject(new Error('lost')), asked: () => asked };
}

describe('a shared question', () => {
  it('is asked at once when none is under way', () => {
    const { shared, asked } = setUp();
    void shared.ask();
    expect(asked()).toBe(1);
  });

  it('is asked once for all who come while one is under way, and after them', async () => {
    const { shared, answer, asked } = setUp();
    const first = shared.ask();
    const others = [shared.ask(), shared.ask(), shared.ask()];
    expect(asked()).toBe(1);
    answer();
    expect(await first).toBe(1);
    await Promise.resolve();
    expect(asked()).toBe(2);
    answer();
    expect(await Promise.all(others)).toEqual([2, 2, 2]);
  });

  it('keeps nobody waiting beyond the deadline for one that never ends', async () => {
    const { shared } = setUp(10);
    void shared.ask();
    await expect(shared.ask()).rejects.toThrow(StoreUnavailable);
  });

  it('is asked anew when the one under way fails', async () => {
    const { shared, answer, fail } = setUp();
    const [first, second] = [shared.ask(), shared.ask()];
    fail();
    await expect(first).rejects.toThrow('lost');
    answer();
    expect(await second).toBe(2);
  });
});

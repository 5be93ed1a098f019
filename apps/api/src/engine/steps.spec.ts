import type { Outcome, Task } from '@coord/command-runner/index';
import { StoreUnavailable } from '@coord/event-store/index';
import { Steps } from './steps';

type AnyTask = Task<null, { type: string }, never>;
const task = (type: string) => ({ command: { type } }) as AnyTask;
const away = new StoreUnavailable('none');

/** Each step comes out as its command's type says. */
const steps = () =>
  new Steps(async ({ command }): Promise<Outcome> => {
    if (command.type === 'away') throw away;
    const outcome = { answer: { status: 200, body: null }, position: 1 };
    return { ...outcome, ...{ wrote: command.type === 'writes' } };
  });

describe('the steps of a command that touches several streams', () => {
  test('give their outcomes in order', async () => {
    expect(await steps().all([task('writes'), task('reads')])).toMatchObject([{ wrote: true }, { wrote: false }]);
  });
  test('leave open what was written when the store went away after one of them', async () => {
    const all = steps();
    await expect(all.all([task('away'), task('writes')])).rejects.toBe(away);
    expect(all.asWhole(away)).toMatchObject({ name: 'StoreUnavailable', outcome: 'unknown' });
  });
  test('have written nothing when the store was away for all of them', async () => {
    const all = steps();
    await expect(all.all([task('away'), task('reads')])).rejects.toBe(away);
    expect(all.asWhole(away)).toBe(away);
  });
});

import type { AppendOutcome, NewEvent } from '../event-store';
import { RecentEvents } from './recent-events';

const METADATA = { actor: 'A', at: '2026-05-12T12:00:00.000Z', project_key: null, causation_id: null, correlation_id: null, schema: 1 };
const event = (data: NewEvent['data'] = {}): NewEvent => ({ id: '0196C4C0-0000-7000-8000-000000000001', type: 'Tested', data, metadata: METADATA });
const append = (stream: string, count: number, bytes = 100) => ({ stream, source: Array.from({ length: count }, () => event()), bytes });
const appended = (revision: number, position: number): AppendOutcome => ({ outcome: 'appended', revision, position });
const positions = (recent: RecentEvents, after: number, limit = 100) => recent.after(after, limit)?.events.map(({ position }) => position) ?? null;

let recent: RecentEvents;
beforeEach(() => {
  recent = new RecentEvents();
});

it('gives what was written, each with its stream, revision and position', () => {
  recent.wrote([append('one', 2), append('other', 1)], [appended(4, 11), appended(0, 12)]);
  const page = recent.after(9, 100);
  expect(page?.position).toBe(12);
  expect(page?.events.map(({ stream, revision, position }) => [stream, revision, position])).toEqual([
    ['one', 3, 10],
    ['one', 4, 11],
    ['other', 0, 12],
  ]);
});

it('gives a part from where it is asked, and nothing where nothing came since', () => {
  recent.wrote([append('one', 4)], [appended(3, 4)]);
  expect(positions(recent, 1, 2)).toEqual([2, 3]);
  expect(positions(recent, 4)).toBeNull();
});

it('sends whoever stands before its first event to the log', () => {
  recent.wrote([append('one', 1)], [appended(0, 7)]);
  expect(positions(recent, 5)).toBeNull();
  expect(positions(recent, 6)).toEqual([7]);
});

it('has no gap where what others wrote in between was read', () => {
  const others = [2, 3].map((position) => ({ ...event(), stream: 'one', revision: position - 1, position }));
  recent.wrote([append('one', 1)], [appended(0, 1)]);
  recent.read(others, 100);
  recent.read(others, 100);
  recent.wrote([append('one', 1)], [appended(3, 4)]);
  expect(positions(recent, 0)).toEqual([1, 2, 3, 4]);
});

it('begins anew behind what others wrote to other streams', () => {
  recent.wrote([append('one', 1)], [appended(0, 1)]);
  recent.read([{ ...event(), stream: 'one', revision: 1, position: 3 }], 100);
  expect(positions(recent, 1)).toBeNull();
  expect(positions(recent, 2)).toEqual([3]);
});

it('begins anew where others have written in between', () => {
  recent.wrote([append('one', 1)], [appended(0, 1)]);
  recent.wrote([append('one', 1)], [appended(1, 3)]);
  expect(positions(recent, 0)).toBeNull();
  expect(positions(recent, 2)).toEqual([3]);
});

it('holds nothing of conflicts, of checks without events, and of what an earlier attempt had written', () => {
  recent.wrote([append('one', 2)], [appended(1, 2)]);
  recent.wrote(
    [append('one', 1), append('two', 0), append('three', 1)],
    [{ outcome: 'conflict', revision: 5, position: 2 }, appended(3, 2), appended(0, 1)],
  );
  expect(positions(recent, 0)).toEqual([1, 2]);
});

it('begins anew where the log has lost its end, and others come in its place', () => {
  const other = (id: string) => ({ ...append('one', 1), source: [{ ...event(), id }] });
  recent.wrote([append('one', 3)], [appended(2, 3)]);
  recent.wrote([other('0196c4c0-0000-7000-8000-000000000002')], [appended(1, 2)]);
  expect(positions(recent, 0)).toBeNull();
  expect(recent.after(1, 100)).toMatchObject({ position: 2, events: [{ id: '0196c4c0-0000-7000-8000-000000000002' }] });
  recent.read([{ ...event(), id: '0196c4c0-0000-7000-8000-000000000003', stream: 'one', revision: 1, position: 2 }], 100);
  expect(recent.after(1, 100)).toMatchObject({ position: 2, events: [{ id: '0196c4c0-0000-7000-8000-000000000003' }] });
});

it('keeps the last ones of many, and lets go of what is large', () => {
  for (let n = 0; n < 30; n++) recent.wrote([append('one', 100)], [appended(100 * n + 99, 100 * n + 100)]);
  expect(positions(recent, 0)).toBeNull();
  expect(positions(recent, 2_000, 5_000)).toHaveLength(1_000);
  recent.wrote([append('one', 1, 9 * 1024 * 1024)], [appended(3_000, 3_001)]);
  expect(positions(recent, 2_999)).toBeNull();
});

it('does not keep what alone is larger than all of it may be, and begins anew behind that', () => {
  const large = 9 * 1024 * 1024;
  recent.wrote([append('one', 1), append('two', 1, large)], [appended(0, 1), appended(0, 2)]);
  expect(positions(recent, 1)).toBeNull();
  recent.wrote([append('three', 1)], [appended(0, 3)]);
  expect(positions(recent, 2)).toEqual([3]);
  recent.read([{ ...event(), stream: 'four', revision: 0, position: 4 }], large);
  expect(positions(recent, 3)).toBeNull();
});

it('gives data as it would be read from the log', () => {
  const data = { left: undefined, zero: -0, at: new Date(0), list: [undefined], plain: { text: 'ä' } } as unknown as NewEvent['data'];
  recent.wrote([{ stream: 'one', source: [event(data)], bytes: 1 }], [appended(0, 1)]);
  expect(recent.after(0, 1)?.events[0]).toStrictEqual({
    ...event(JSON.parse(JSON.stringify(data))),
    ...{ id: '0196c4c0-0000-7000-8000-000000000001', stream: 'one', revision: 0, position: 1 },
  });
});

import { claimed, released } from '@coord/domain/lock/testing/locks';
import { dice } from '../testing/dice';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { type HistoryQuery, historyProjection, listHistory } from './index';

const roll = dice(7);
/** As long as a resource may be, of signs that no compression makes shorter. */
const LONGEST = Array.from({ length: 4_096 }, () => String.fromCodePoint(0x4e00 + roll(20_000))).join('');

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(historyProjection);
  const history = new History();
  history.append('lock-p', [claimed({ lock_id: id(1) })], { actor: 'A', at: NOON });
  history.append('lock-p', [claimed({ lock_id: id(2), resource: 'x', fence: 2 })], { actor: 'A', at: NOON + 1 });
  history.append('lock-p', [released({ lock_id: id(1) })], { actor: 'B', at: NOON + 2 });
  history.append('message-m', [{ type: 'MessageSent', data: { message_id: id(7), project_key: null, body: '\u2028"é😀' } }], {
    actor: 'B',
    at: NOON + 3,
  });
  history.append('lock-q', [claimed({ lock_id: id(3), project_key: 'q' })], { actor: 'A', at: NOON + 4 });
  history.append('lock-q', [claimed({ lock_id: id(4), project_key: 'q', resource: LONGEST, fence: 2 })], { actor: 'C', at: NOON + 5 });
  await readModel.apply(history.events, [2]);
});
afterAll(() => readModel.close());

const positions = async (query: Partial<HistoryQuery> = {}) =>
  (await listHistory(readModel.sql, { limit: 500, ...query })).map(({ position }) => Number(position));

describe('events are found', () => {
  test.each<[string, Partial<HistoryQuery>, number[]]>([
    ['in order', {}, [1, 2, 3, 4, 5, 6]],
    ['by project', { projectKey: 'p' }, [1, 2, 3]],
    ['by who did it', { sessionId: 'B' }, [3, 4]],
    ['by type', { type: 'LockClaimed' }, [1, 2, 5, 6]],
    ['by stream', { stream: 'message-m' }, [4]],
    ['by a lock’s resource, its end included', { resource: 'src/a.ts' }, [1, 3, 5]],
    ['by the longest resource', { resource: LONGEST }, [6]],
    ['by what they are about', { subject: id(7) }, [4]],
    ['by several at once', { projectKey: 'p', type: 'LockClaimed', sessionId: 'A', resource: 'x' }, [2]],
    ['after a position, exclusive', { from: { position: 2 } }, [3, 4, 5, 6]],
    ['up to a position, inclusive', { to: { position: 2 } }, [1, 2]],
    ['after a time, exclusive', { from: { at: new Date(NOON + 2) } }, [4, 5, 6]],
    ['up to a time, inclusive', { to: { at: new Date(NOON + 2) } }, [1, 2, 3]],
    ['between a time and a position', { from: { at: new Date(NOON) }, to: { position: 3 } }, [2, 3]],
    ['page by page', { after: 2, limit: 2 }, [3, 4]],
    ['the last of many, still in order', { limit: 2, latest: true }, [5, 6]],
  ])('%s', async (_, query, expected) => expect(await positions(query)).toEqual(expected));
});

test('an event comes back as it was', async () => {
  const [row] = await listHistory(readModel.sql, { subject: id(7), limit: 1 });
  expect(row).toEqual({
    ...{ position: '4', stream: 'message-m', revision: '0', type: 'MessageSent', at: new Date(iso(NOON + 3)), actor: 'B' },
    ...{ causation_id: 'request', correlation_id: 'request', data: { message_id: id(7), project_key: null, body: '\u2028"é😀' } },
  });
});

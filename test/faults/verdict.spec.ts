import type { Call } from './linearizable';
import { type LockOp, NO_SKEW, type Shown } from './lock-model';
import { judge, judgeByLog } from './verdict';

const A: Shown = { id: 'lock-1', session: 'A', mode: 'shared', fence: 1, expires: 100_010 };
const call = (session: string, invoked: number, answered: number, what: object): Call<LockOp> => ({
  op: { ...what, session, request: `${session}-${invoked}`, skew: NO_SKEW } as LockOp,
  invoked,
  answered,
});
const unknown = (session: string, at: number) =>
  call(session, at, Number.POSITIVE_INFINITY, { kind: 'claim', mode: 'shared', ttl: 100_000, outcome: null });
const seen = (at: number, ...live: Shown[]) => call('L', at, at + 5, { kind: 'look', outcome: { live } });

/** Eleven claims that were never answered, and then the last one holds it alone. */
const outage = new Map([['a', [...Array.from({ length: 10 }, (_, n) => unknown(`S${n}`, n)), unknown('A', 10), seen(20, A)]]]);
const FEW = 50;

test('what is undecided without the log is decided by it', () => {
  expect(judge(outage, FEW)).toEqual({ complaints: [], undecided: outage });
  expect(judgeByLog(outage, new Set(['A-10']), FEW)).toEqual([]);
});

test('an effect that the log does not have is a complaint', () => {
  expect(judgeByLog(outage, new Set(), FEW)).toEqual([expect.stringMatching(/^a is not linearizable: .*nothing explains .*"L-20"/)]);
});

test('what stays undecided is told', () => {
  const all = new Set((outage.get('a') ?? []).map(({ op }) => op.request));
  expect(judgeByLog(outage, all, FEW)).toEqual(['Whether a is linearizable could not be decided.']);
});

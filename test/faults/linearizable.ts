/**
 * Is there an order in which the calls of a history, one after the other, explain what every one of them was answered? The search of Wing and
 * Gong ("Testing and verifying concurrent objects", J. Parallel Distrib. Comput. 17, 1993) with the memory of Lowe ("Testing for
 * linearizability", Concurrency and Computation 29(4), 2017): what was once reached in vain, the same calls placed and the same state, is not
 * searched again.
 */

export interface Call<Op> {
  op: Op;
  /** When it was asked and answered, in ms of one clock. Answered `Infinity`: the outcome is unknown, it may take effect at any time later or never. */
  invoked: number;
  answered: number;
}

/** When a call takes effect, in ms of the clients' clock: both inclusive. */
export interface Moment {
  from: number;
  to: number;
}

/** What the calls do one at a time. States are values: `step` gives new ones. */
export interface Model<State, Op> {
  readonly initial: State;
  /** The states that a call may leave behind; none where its answer can't be right. The same state where it changed nothing. */
  step(state: State, op: Op, moment: Moment): readonly State[];
  /** Equal for equal states. */
  key(state: State): string;
}

export type Verdict<State, Op> =
  | { is: 'linearizable' }
  /** `placed` of the calls could be explained at most; the next to be answered then was `stuck`, in this state. */
  | { is: 'not linearizable'; placed: number; stuck: Call<Op>; state: State }
  | { is: 'undecided'; steps: number };

/** Steps of the search, after which it gives up. */
const PATIENCE = 400_000;

export function linearize<State, Op>(model: Model<State, Op>, calls: readonly Call<Op>[], patience = PATIENCE): Verdict<State, Op> {
  const byInvocation = calls.toSorted((a, b) => a.invoked - b.invoked);
  const answered = byInvocation.filter((call) => call.answered < Number.POSITIVE_INFINITY);
  const open = byInvocation.filter((call) => call.answered === Number.POSITIVE_INFINITY);
  const [first] = answered;
  if (!first) return { is: 'linearizable' };
  const inVain = new Set<string>();
  let furthest = { placed: -1, stuck: first, state: model.initial };
  let steps = 0;

  /** `next`: all before it are placed, and of those from there on the ones in `ahead`; of the open ones those in `taken`. */
  function search(next: number, ahead: readonly number[], taken: readonly number[], state: State): boolean {
    if (next >= answered.length) return true;
    const place = `${next};${ahead};${taken};${model.key(state)}`;
    if (inVain.has(place)) return false;
    steps += 1;
    if (steps > patience) return false;

    const { candidates, until } = front(next, ahead);
    for (const index of candidates) {
      const call = answered[index] as Call<Op>;
      for (const after of model.step(state, call.op, { from: call.invoked, to: until })) {
        const found = search(...placed(next, ahead, index), taken, after);
        // What changes nothing and can be explained now is explained: later would serve no one better.
        if (found || after === state) return found;
      }
    }
    for (const [index, call] of open.entries()) {
      if (call.invoked > until) break;
      if (taken.includes(index)) continue;
      const more = [...taken, index].sort((a, b) => a - b);
      if (model.step(state, call.op, { from: call.invoked, to: until }).some((after) => after !== state && search(next, ahead, more, after)))
        return true;
    }
    if (next + ahead.length > furthest.placed) furthest = { placed: next + ahead.length, stuck: answered[candidates[0] ?? next] as Call<Op>, state };
    inVain.add(place);
    return false;
  }

  /** The calls that may come next, the one answered first before the others: those asked before any other that is left was answered, which is `until`. */
  function front(next: number, ahead: readonly number[]): { candidates: number[]; until: number } {
    const candidates: number[] = [];
    let until = Number.POSITIVE_INFINITY;
    for (let index = next; index < answered.length; index += 1) {
      const call = answered[index] as Call<Op>;
      if (call.invoked > until) break;
      if (ahead.includes(index)) continue;
      candidates.push(index);
      until = Math.min(until, call.answered);
    }
    return { candidates: candidates.sort((a, b) => (answered[a] as Call<Op>).answered - (answered[b] as Call<Op>).answered), until };
  }

  if (search(0, [], [], model.initial)) return { is: 'linearizable' };
  return steps > patience ? { is: 'undecided', steps } : { is: 'not linearizable', ...furthest };
}

/** The frontier after one more call was placed. */
function placed(next: number, ahead: readonly number[], index: number): [number, number[]] {
  const all = [...ahead, index].sort((a, b) => a - b);
  let first = next;
  while (all[0] === first) {
    all.shift();
    first += 1;
  }
  return [first, all];
}

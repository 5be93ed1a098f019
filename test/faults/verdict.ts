import { type Call, linearize } from './linearizable';
import { type LockOp, lockModel } from './lock-model';

/** Calls on locks, by the resource that they are about. */
export type CallsByResource = ReadonlyMap<string, readonly Call<LockOp>[]>;

/** What is wrong with them, and those whose search was given up. */
export interface Verdict {
  complaints: string[];
  undecided: CallsByResource;
}

/** Locks on different resources have nothing to do with each other, but for the fences of their project, which the log tells. */
export function judge(calls: CallsByResource, patience?: number): Verdict {
  const complaints: string[] = [];
  const undecided = new Map<string, readonly Call<LockOp>[]>();
  for (const [resource, history] of calls) {
    const verdict = linearize(lockModel, history, patience);
    if (verdict.is === 'undecided') undecided.set(resource, history);
    if (verdict.is !== 'not linearizable') continue;
    const { stuck, state, placed } = verdict;
    const beside = history.filter((call) => call !== stuck && call.invoked <= stuck.answered && call.answered >= stuck.invoked);
    complaints.push(
      `${resource} is not linearizable: after ${placed} of ${history.length} calls, with ${JSON.stringify(state)}, nothing explains ` +
        `${JSON.stringify(stuck)}. At the same time: ${JSON.stringify(beside)}`,
    );
  }
  return { complaints, undecided };
}

/**
 * The same once the log is known to the end. An outage leaves dozens of calls without an answer, each of which may have taken effect at any
 * time or never: too many ways to search. Which did is told by the events of their requests. Whoever was shown an effect that
 * the log does not have is a complaint.
 * @param requests those that wrote events
 */
export function judgeByLog(calls: CallsByResource, requests: ReadonlySet<string>, patience?: number): string[] {
  const possible = [...calls].map(([resource, history]) => {
    const effective = history.filter(({ answered, op }) => answered < Number.POSITIVE_INFINITY || requests.has(op.request));
    return [resource, effective] as const;
  });
  const { complaints, undecided } = judge(new Map(possible), patience);
  return [...complaints, ...[...undecided.keys()].map((resource) => `Whether ${resource} is linearizable could not be decided.`)];
}

import { overlaps, parseResource, type Resource } from '@coord/domain/lock/index';
import { acknowledgement, grouped, type HistoryEvent, type Operation } from './record';

interface Live {
  lock_id: string;
  session_id: string;
  resource: Resource;
  mode: string;
  expires_at: string | null;
}

/** From the log alone: nothing is held by two, nothing ends twice, and fences grow. And as the clients saw it: a later grant has a higher fence. */
export function checkLocks(history: readonly HistoryEvent[], operations: readonly Operation[]): string[] {
  const byProject = grouped(
    history.filter(({ type }) => type.startsWith('Lock')),
    ({ data }) => data.project_key,
  );
  return [...[...byProject.values()].flatMap(replay), ...checkFencesInTime(operations)];
}

function replay(events: readonly HistoryEvent[]): string[] {
  const broken: string[] = [];
  const live = new Map<string, Live>();
  let highest = 0;
  for (const { type, data, position, at } of events) {
    const { lock_id, session_id, mode, expires_at, fence } = data as unknown as Live & { fence: number };
    if (type === 'LockClaimed') {
      if (fence <= highest) broken.push(`Position ${position} grants fence ${fence} after ${highest}.`);
      highest = Math.max(highest, fence);
    } else if (!live.has(lock_id)) {
      broken.push(`Position ${position}: ${type} of ${lock_id}, which is not live.`);
      continue;
    }
    if (type !== 'LockClaimed' && type !== 'LockRenewed') {
      live.delete(lock_id);
      continue;
    }
    const lock = { lock_id, session_id, mode, expires_at, resource: parsed(data.resource) };
    live.set(lock_id, lock);
    const rival = [...live.values()].find((other) => conflicts(lock, other) && !(other.expires_at !== null && other.expires_at <= at));
    if (rival) broken.push(`Position ${position}: ${session_id} gets ${data.resource}, which ${rival.session_id} holds (${rival.resource.text}).`);
  }
  return broken;
}

const conflicts = (one: Live, other: Live): boolean =>
  one.session_id !== other.session_id && (one.mode === 'exclusive' || other.mode === 'exclusive') && overlaps(one.resource, other.resource);

function parsed(text: unknown): Resource {
  const resource = parseResource(String(text));
  if ('invalid' in resource) throw new Error(`The log holds a lock on ${text}: ${resource.invalid}`);
  return resource;
}

/** A claim that was sent after another one was answered has the higher fence. */
function checkFencesInTime(operations: readonly Operation[]): string[] {
  const granted = operations.flatMap((operation) => {
    const first = operation.kind === 'claim' ? acknowledgement(operation) : undefined;
    // Under a key the grant may be older than the try that was answered.
    return first?.answer?.status === 201
      ? [{ project: operation.project, fence: Number(first.answer.body.fence), sentAt: operation.tries[0]?.sentAt ?? 0, endedAt: first.endedAt }]
      : [];
  });
  return [...grouped(granted, ({ project }) => project).values()].flatMap((grants) => {
    const sent = grants.toSorted((a, b) => a.sentAt - b.sentAt);
    const answered = grants.toSorted((a, b) => a.endedAt - b.endedAt);
    let highest = 0;
    let next = 0;
    return sent.flatMap(({ fence, sentAt }) => {
      for (let before = answered[next]; before && before.endedAt < sentAt; before = answered[++next]) highest = Math.max(highest, before.fence);
      return fence > highest ? [] : [`Fence ${fence} was granted to a claim that was sent after fence ${highest} had been.`];
    });
  });
}

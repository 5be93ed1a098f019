import { answered } from '@coord/client/index';
import type { ClaimRecord } from './read-claim';
import type { Taking } from './taking';

const HOUR = 3_600_000;
/** The longest term of a lock, in hours (protocol, "Locks"). */
const MOST_HOURS = 720;

/** Live claims become locks for the time that they have left. One that the engine has had, also one that ended there since, is known. */
export async function takeClaims(taking: Taking): Promise<void> {
  const { api, project_key, plan, known, dryRun } = taking.options;
  const isKnown = ({ session_id, resource, claimed_at }: ClaimRecord): boolean =>
    known.locks.some(
      (lock) =>
        lock.session_id === session_id && lock.resource === resource && (lock.status === 'active' || Date.parse(lock.acquired_at) >= claimed_at),
    );
  // One after the other where they may overlap: of those that do, the first is to be granted.
  const before = new Map<string, Promise<unknown>>();
  await taking.each('claims', plan.claims, ({ record, entry }) => {
    const lane = record.resource.split('/', 1)[0] ?? '';
    const take = async () => {
      if (isKnown(record)) return 'known';
      taking.acted.add(record.session_id);
      if (dryRun) return 'taken';
      const { session_id, resource, claimed_at } = record;
      const left = record.expires_at === null ? 0 : (record.expires_at - taking.options.now) / HOUR;
      if (left > MOST_HOURS) entry.notes = [...(entry.notes ?? []), `cut to ${MOST_HOURS} h from now`];
      const body = {
        ...{ project_key, session_id, resource, ttl_hours: Math.min(left, MOST_HOURS) },
        description: record.description ?? `imported from ${entry.file}`,
      };
      await answered(api.POST('/api/coord/locks', { body, headers: taking.meantAt(claimed_at) }));
      return 'taken';
    };
    const turn = (before.get(lane) ?? Promise.resolve()).then(take, take);
    before.set(lane, turn);
    return turn;
  });
}

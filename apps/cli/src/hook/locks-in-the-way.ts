import type { Lock } from '@coord/client/index';
import { ask, type Engine, query } from './engine';
import { lockCovers } from './lock-covers';
import type { Resource } from './resources';

/** A resource that may not be changed now, and the lock because of which. */
export interface Blocked {
  resource: string;
  lock: Lock;
}

/** Up to so many resources the engine is asked for each; beyond, for all locks of their projects. */
const FEW = 4;
/** No project has more locks than this many pages of 500 that anybody would want to wait for. */
const PAGES = 10;

/**
 * Which of these resources other sessions have locked. Changing a file needs what an exclusive claim needs: any lock of another session is
 * in the way, a shared one only if this session does not share it.
 * @param own the sessions whose locks are not in the way
 * @throws Error when the engine does not answer.
 */
export async function locksInTheWay(engine: Engine, resources: readonly Resource[], own: readonly string[]): Promise<Blocked[]> {
  const found = resources.length <= FEW ? resources.map((one) => overlapping(engine, one)) : await coveringAll(engine, resources);
  const locks = await Promise.all(found);
  return resources.flatMap(({ resource }, i) => {
    const lock = inTheWay(locks[i] ?? [], own);
    return lock ? [{ resource, lock }] : [];
  });
}

function inTheWay(locks: readonly Lock[], own: readonly string[]): Lock | undefined {
  const shares = locks.some(({ session_id, mode }) => mode === 'shared' && own.includes(session_id));
  return locks.find(({ session_id, mode }) => !own.includes(session_id) && !(shares && mode === 'shared'));
}

async function overlapping(engine: Engine, { project_key, resource }: Resource): Promise<Lock[]> {
  // `./` keeps a file such as `db:x` from being read as a key.
  const locks = locksOf(await ask(engine, 'GET', `/locks${query({ project_key, resource: `./${resource}` })}`));
  // To the engine any path may be a folder, and `**/*.sql` could match below `a.ts`.
  return locks.filter((lock) => isOn(lock, resource));
}

async function coveringAll(engine: Engine, resources: readonly Resource[]): Promise<Lock[][]> {
  const keys = [...new Set(resources.map(({ project_key }) => project_key))];
  const perProject = new Map(await Promise.all(keys.map(async (key) => [key, await allLocks(engine, key)] as const)));
  const covers = new Map([...perProject.values()].flat().map((lock) => [lock, lockCovers(lock.resource)]));
  return resources.map(({ project_key, resource }) => (perProject.get(project_key) ?? []).filter((lock) => isOn(lock, resource, covers.get(lock))));
}

/** A lock on something below a path shows that the path is a folder, with which that would change, too. */
const isOn = (lock: Lock, resource: string, covers = lockCovers(lock.resource)): boolean =>
  covers(resource) || lock.resource.startsWith(`${resource}/`);

/** Every active lock of a project. */
export async function allLocks(engine: Engine, project_key: string): Promise<Lock[]> {
  const locks: Lock[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: unknown = await ask(engine, 'GET', `/locks${query({ project_key, limit: '500', cursor })}`);
    const { items, next_cursor } = answer as { items?: unknown; next_cursor?: string | null };
    locks.push(...locksOf(items));
    if (!next_cursor) return locks;
    cursor = next_cursor;
  }
  throw new Error(`project ${project_key} has more than ${PAGES * 500} locks`);
}

/** What claims to be a list of locks, as far as it is relied on. @throws Error when it is none. */
function locksOf(answer: unknown): Lock[] {
  const isLock = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && typeof (one as Lock).session_id === 'string' && typeof (one as Lock).resource === 'string';
  if (Array.isArray(answer) && answer.every(isLock)) return answer as Lock[];
  throw new Error('what answered is no engine: it gave no list of locks');
}

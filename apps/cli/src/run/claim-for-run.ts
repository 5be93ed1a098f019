import { setTimeout as pause } from 'node:timers/promises';
import { answered, type CoordClient, CoordProblem, everyItem, type Lock, problemOf, UNQUEUED } from '@coord/client/index';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { shortId } from '../short-id';

export interface Terms {
  resource: string;
  shared: boolean;
  ttl_hours: number;
  description: string;
  /** How long to wait for the lock. */
  waitMs: number;
}

export interface Grant {
  lock: Lock;
  /** What the session held of it before: it is given back on these terms. `null`: it is released. */
  before: Before | null;
}

export type Before = Partial<Pick<Lock, 'mode' | 'ttl_hours' | 'description'>>;

/** How others see what a lock is held for; and how a run sees that another one of its session is at work. */
const RUN = 'coord run: ';
const LONGEST_S = 60;
const LOOK_MS = 1_000;

/**
 * Claims the lock of a run. A session's own locks never conflict, so two runs of one session are kept apart here: the second waits for the first.
 * @throws CoordProblem `lock-held`, or Failure for a run of the same session, when the lock is not granted in time
 */
export async function claimForRun(coord: Context, terms: Terms, signal: AbortSignal): Promise<Grant> {
  const end = Date.now() + terms.waitMs;
  const api = coord.waitingApi(Math.min(terms.waitMs, LONGEST_S * 1_000));
  for (;;) {
    const own = await ownLocks(coord, api, terms.resource, signal);
    const other = own.find((lock) => isRun(lock) && !isAround(lock));
    const grant = other ? null : await claim(coord, api, { ...terms, held: own.find(({ resource }) => resource === terms.resource), end }, signal);
    if (grant) return grant;
    if (Date.now() >= end) throw alreadyRuns(other, terms.resource);
    await pause(Math.min(LOOK_MS, end - Date.now()), undefined, { signal });
  }
}

const ownLocks = ({ settings, project }: Context, api: CoordClient, resource: string, signal: AbortSignal): Promise<Lock[]> => {
  const query = { project_key: project, resource, session_id: settings.session_id };
  return everyItem((at) => answered(api.GET('/api/coord/locks', { params: { query: { ...at, ...query } }, signal })));
};

/** @returns null when a run of the same session was faster, or nobody was while there is time left */
async function claim(
  coord: Context,
  api: CoordClient,
  { held, end, ...terms }: Terms & { held: Lock | undefined; end: number },
  signal: AbortSignal,
): Promise<Grant | null> {
  const { session_id } = coord.settings;
  const wait_seconds = Math.max(0, Math.min(LONGEST_S, Math.ceil((end - Date.now()) / 1_000)));
  const nested = held !== undefined && isRun(held) && isAround(held);
  const body = {
    ...{ project_key: coord.project, session_id, resource: terms.resource, ...lease(terms, held) },
    ...(!nested && { description: `${RUN}${terms.description}` }),
    ...(wait_seconds > 0 && { wait_seconds }),
  };
  // A claim that is queued for later would lock for nobody. And only what waits may be given up by hanging up: the engine may have granted what is answered at once.
  const { data, error, response } = await api.POST('/api/coord/locks', { ...UNQUEUED, body, ...(wait_seconds > 0 && { signal }) });
  if (!response.ok || !data) return stillWaiting(new CoordProblem(problemOf(response.status, error)), end);
  if (response.status === 201) return { lock: data, before: null };
  const { mode, ttl_hours } = held ?? data;
  if (nested) return { lock: data, before: { mode, ttl_hours } };
  const before = await termsBefore(api, data, Number(response.headers.get('coord-position')));
  return before === null ? null : { lock: data, before };
}

/** While a command runs under what its session holds, that is held on no weaker terms than before. */
const lease = ({ shared, ttl_hours }: Terms, held: Lock | undefined) => ({
  ...(shared && held?.mode !== 'exclusive' && { mode: 'shared' as const }),
  ttl_hours: held === undefined ? ttl_hours : held.ttl_hours === 0 || ttl_hours === 0 ? 0 : Math.max(held.ttl_hours, ttl_hours),
});

/**
 * On what terms the session held a lock until it claimed it again. Of two runs that do so at once the log tells which came first; the other leaves the lock
 * as it is, since the first gives it back on the terms that it found.
 * @param claimed the position of the claim in the log
 * @returns null when it was a run that held it
 */
async function termsBefore(api: CoordClient, { id }: Lock, claimed: number): Promise<Before | null> {
  const { events } = await answered(api.GET('/api/coord/locks/{id}/explain', { params: { path: { id } } }));
  const found = events.filter(({ position, type }) => position < claimed && (type === 'LockClaimed' || type === 'LockRenewed')).at(-1)?.data as
    | Before
    | undefined;
  if (found === undefined || isRun(found)) return null;
  const { mode, ttl_hours, description } = found;
  return { mode, ttl_hours, description };
}

const isRun = ({ description }: { description?: string | null }): boolean => description?.startsWith(RUN) === true;

/** The lock of the run that this one is part of. */
const isAround = ({ id }: Lock): boolean => id === process.env.COORD_LOCK_ID;

function stillWaiting(problem: CoordProblem, end: number): null {
  if (problem.kind === 'lock-held' && Date.now() < end) return null;
  throw problem;
}

function alreadyRuns(other: Lock | undefined, resource: string): Failure {
  const what = other
    ? `${other.description} holds ${other.resource} (lock ${shortId(other.id)})`
    : `another run of this session was faster to lock ${resource}`;
  return new Failure(
    `This session runs a command under that lock already: ${what}. Wait for it with --wait, or give this run a --session of its own.`,
    EXIT.lockConflict,
  );
}

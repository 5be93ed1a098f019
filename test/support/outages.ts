import { type Answer, call } from './calls';

/** How long an answer may take while the database is away: the protocol says 2 s, a busy machine gets a margin. */
export const PATIENCE_MS = 6_000;

/** What everything that needs the database is answered with while it is away (protocol, "Errors"). */
export const STORE_UNAVAILABLE = {
  type: 'urn:coord:problem:store-unavailable',
  status: 503,
  detail: 'Database unavailable. Retry after 30 seconds.',
  retry_after: 30,
};

export const READS = ['/locks?project_key=p', '/components', '/messages?to_session=A', '/status', '/history', '/projects'];

/** Asks for each of the read models at once. */
export const readAll = (url: string): Promise<Answer[]> => Promise.all(READS.map((path) => call(url, 'GET', path, { patienceMs: PATIENCE_MS })));

/** Writes to a lock stream, a component and a message at once. `mark` tells them from those of other times. */
export const writeAll = (url: string, mark: string): Promise<Answer[]> =>
  Promise.all([
    call(url, 'POST', '/locks', { body: { project_key: 'p', session_id: 'A', resource: mark }, patienceMs: PATIENCE_MS }),
    call(url, 'PUT', `/components/p/${mark}`, { body: { state: 'built', updated_by: 'A' }, patienceMs: PATIENCE_MS }),
    call(url, 'POST', '/messages', { body: { from_session: 'A', to_session: 'B', subject: mark, body: 'x' }, patienceMs: PATIENCE_MS }),
  ]);

/** Whether all reads and health are answered well; each has its answer in time, good or bad. */
export const isUp = async (url: string): Promise<boolean> =>
  [...(await readAll(url)), await call(url, 'GET', '//health')].every(({ status }) => status === 200);

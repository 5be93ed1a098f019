import { call, listAll } from '../support/calls';
import { until } from '../support/until';
import type { HistoryEvent, ReadSide } from './record';

const RECOVERY_MS = 30_000;

export const isWell = async (url: string): Promise<boolean> => (await call(url, 'GET', '//health').catch(() => null))?.status === 200;

/** The log, or one stream of it. */
export const historyOf = (url: string, stream?: string): Promise<HistoryEvent[]> =>
  listAll<HistoryEvent>(url, `/history${stream === undefined ? '' : `?stream=${encodeURIComponent(stream)}`}`);

/** Resolves once nobody writes any more and every lease that ran out is on record. @throws when that takes too long. */
export async function historyAtRest(url: string, stream?: string, patienceMs = RECOVERY_MS): Promise<HistoryEvent[]> {
  return until(
    'every expiry was on record',
    async () => {
      const history = await historyOf(url, stream);
      const ended = new Set(history.filter(({ type }) => /^Lock(Released|Expired|Broken)$/.test(type)).map(({ data }) => data.lock_id));
      const expiries = new Map(
        history.filter(({ type }) => /^Lock(Claimed|Renewed)$/.test(type)).map(({ data }) => [data.lock_id, String(data.expires_at)]),
      );
      return [...expiries].every(([id, at]) => ended.has(id) || Date.parse(at) > Date.now() + 60_000) && history;
    },
    patienceMs,
  );
}

/** What the read models show of a project and its sessions. */
export async function readSide(url: string, project: string, sessions: readonly string[]): Promise<ReadSide> {
  const [locks, components] = await Promise.all([
    listAll<Record<string, unknown>>(url, `/locks?project_key=${project}`),
    listAll<Record<string, unknown>>(url, `/components?project_key=${project}`),
  ]);
  const unread: Record<string, number> = {};
  for (const session of sessions) unread[session] = Number((await call(url, 'GET', `/status?session_id=${session}`)).body.unread_messages);
  return { locks, components, unread };
}

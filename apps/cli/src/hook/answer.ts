import { appendFileSync } from 'node:fs';
import { shellWord } from '../output/shell-word';
import { type Place, placeOf } from '../settings/place';
import type { GlobalFlags } from '../settings/settings';
import { deny, EVENTS, eventNamed, goOn, type Kind, takesText, tell } from './answers';
import { denial } from './denial';
import type * as draining from './drained';
import { editedFiles } from './edited-files';
import { ask, type Engine, query, Unanswered } from './engine';
import { type Identity, identityOf } from './identity';
import { locksInTheWay } from './locks-in-the-way';
import { briefing, markRead, type News, unreadNews } from './news';
import type { Agent, Payload } from './payload';
import type * as queueing from './queued-end';
import { resourcesOf } from './resources';

/** What a tool is answered, and what is still to do when it has been. */
export interface Answer {
  say: object;
  /** Why something was left out, for people who look. */
  because?: string;
  afterwards?: () => Promise<void>;
}

interface Call {
  agent: Agent;
  event: string;
  payload: Payload;
  place: Place;
  me: Identity;
  engine: Engine;
  flags: GlobalFlags;
}

/**
 * Answers one event of a tool.
 * @param until by `performance.now()`: requests that take longer are given up
 * @throws Error when it can't be answered, and the tool is to go on.
 */
export async function answerTo(agent: Agent, named: string, payload: Payload, flags: GlobalFlags, until: number): Promise<Answer> {
  const event = eventNamed(agent, named || payload.event);
  const kind = EVENTS[agent][event];
  const goingOn = { say: goOn(agent, event) };
  if (kind === undefined || (kind === 'edit' && editedFiles(payload).length === 0)) return goingOn;
  const place = placeOf(payload.folder, flags);
  const me = identityOf(agent, payload.conversation, place.settings);
  const call: Call = { agent, event, payload, place, me, engine: { url: place.settings.url, until }, flags };
  return (await BY_KIND[kind](call)) ?? goingOn;
}

const BY_KIND: Readonly<Record<Kind, (call: Call) => Promise<Answer | null>>> = { edit, start, prompt: heard, stop: heard, end };

async function edit({ agent, event, payload, place, me, engine, flags }: Call): Promise<Answer | null> {
  const resources = editedFiles(payload).flatMap((file) => resourcesOf(file, place, flags));
  const blocked = resources.length === 0 ? [] : await locksInTheWay(engine, resources, me.own);
  return blocked.length === 0 ? null : { say: deny(agent, event, denial(blocked)) };
}

async function start({ agent, event, payload, place, me, engine }: Call): Promise<Answer> {
  const { project_key, settings } = place;
  const told = me.made && exportSession(me.session_id);
  const { user, machine } = settings;
  const session = { session_id: me.session_id, machine, agent, ...(user !== null && { user }), ...(project_key !== null && { project_key }) };
  // Loaded here, since no other event needs it, and it takes as long as a request.
  const drained = (require('./drained') as typeof draining).drained(engine, payload.folder);
  const asked = await Promise.allSettled([
    unreadNews(engine, me),
    ask(engine, 'GET', `/status${query({ project_key, session_id: me.session_id })}`),
    drained,
    // Behind what waits: that may be the end of this very conversation, which is taken up again.
    drained.catch(() => null).then(() => ask(engine, 'POST', '/sessions', session)),
  ]);
  const [news, board, sent] = asked.map((one) => (one.status === 'fulfilled' ? one.value : null)) as [News | null, unknown, string | null];
  const away = asked.find((one) => one.status === 'rejected');
  const text = board === null ? `Coord: ${reasonOf(away?.reason)}. Until it is back, no lock is enforced.` : briefing(board, project_key, me, told);
  const say = tell(agent, event, 'start', [news?.text, sent, text].filter(Boolean).join('\n\n'), me.made ? me.session_id : null);
  return { say, because: away && reasonOf(away.reason), afterwards: news ? () => markRead(engine, news, me) : undefined };
}

/** New messages come at a prompt, and at the end of a turn, which goes on with them; but only once, or two agents could keep each other going. */
async function heard({ agent, event, payload, place, me, engine }: Call): Promise<Answer | null> {
  const kind = EVENTS[agent][event] ?? 'prompt';
  const { project_key } = place;
  const heartbeat = ask(engine, 'POST', `/sessions/${encodeURIComponent(me.session_id)}/heartbeat`, project_key === null ? {} : { project_key });
  const wanted = takesText(agent, kind) && !payload.sentOn && !payload.aborted;
  const [news] = await Promise.all([wanted ? unreadNews(engine, me) : null, heartbeat]);
  return news && { say: tell(agent, event, kind, news.text, null), afterwards: () => markRead(engine, news, me) };
}

/** Of the time that is left, the engine may take this part to end a session; in the rest that is put into the queue. */
const SHARE = 0.6;

async function end({ agent, event, payload, me, engine }: Call): Promise<Answer> {
  const say = goOn(agent, event);
  if (!me.ends) return { say };
  const now = performance.now();
  const path = `/sessions/${encodeURIComponent(me.session_id)}/end`;
  const key = (require('node:crypto') as { randomUUID(): string }).randomUUID();
  try {
    await ask({ ...engine, until: now + (engine.until - now) * SHARE }, 'POST', path, undefined, { 'idempotency-key': key });
    return { say };
  } catch (error) {
    // A session that others share may go on where they are by the time that the engine is back.
    if (!me.made || (error instanceof Unanswered && error.refused)) throw error;
    const file = await (require('./queued-end') as typeof queueing).queueEnd(payload.folder, `/api/coord${path}`, key);
    return { say, because: `${reasonOf(error)}; the end of the session waits in ${file}` };
  }
}

/** Lets the shell commands of the agent know its session, where the tool has a file for that. */
function exportSession(session: string): boolean {
  const file = process.env.CLAUDE_ENV_FILE ?? process.env.CODEX_ENV_FILE;
  if (!file) return false;
  appendFileSync(file, `export COORD_SESSION_ID=${shellWord(session)}\n`);
  return true;
}

const reasonOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));

import { answered, drain, everyItem, type Message, openQueue, queuePath, type Session } from '@coord/client/index';
import type { Context } from '../context';
import { messagesText } from '../msg/printed-message';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { noteDrained } from '../sync/notes';

export interface Started {
  session: Session;
  /** In the order in which they were sent. */
  unread: Message[];
}

/** A session begins with what it queued before: all of that, however long it takes. */
const ALL = { ms: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY, deadlineMs: 10_000 };

/** Sends what was queued, registers the session of the settings, and looks what is unread. What is left out stays as it was. */
export async function startSession(coord: Context, { agent, capabilities }: { agent?: string; capabilities?: string[] }): Promise<Started> {
  const { api, settings } = coord;
  const { session_id, machine, project_key } = settings;
  await sendQueued(coord);
  const told = { agent: agent ?? settings.agent, user: settings.user, project_key };
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  const session = await answered(api.POST('/api/coord/sessions', { body: { session_id, machine, ...known, capabilities } }));
  const query = { to_session: session_id, unread_only: true };
  const unread = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, ...query } } })));
  return { session, unread };
}

async function sendQueued({ output, settings }: Context): Promise<void> {
  const queue = openQueue(queuePath());
  if (!queue.waits) return;
  const report = await drain(queue, settings.url, ALL);
  if (report.sent.length + report.refused.length > 0) noteDrained(output, report, queue.path);
}

/** A line on the session, then what is unread in the printed form. */
export function startText({ session, unread }: Started, colors: Colors): string {
  const where = session.project_key === null ? '' : `, project ${plainLine(session.project_key)}`;
  const held = session.locks.length === 0 ? '' : `, holds ${session.locks.map(({ resource }) => plainLine(resource)).join(', ')}`;
  const head = `Session ${plainLine(session.session_id)} is ${session.status}${where}${held}.`;
  if (unread.length === 0) return `${head}\nNo unread messages.`;
  const hint = colors.dim('Mark them as read: coord msg read <id>, or coord msg read --all');
  return `${head}\n\nUNREAD COORD MESSAGES\n${messagesText(unread, colors, '')}\n\n${hint}`;
}

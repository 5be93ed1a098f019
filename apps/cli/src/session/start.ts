import { answered, everyItem, type Message, type Session } from '@coord/client/index';
import type { Context } from '../context';
import { messagesText } from '../msg/printed-message';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';

export interface Started {
  session: Session;
  /** In the order in which they were sent. */
  unread: Message[];
}

/** Registers the session of the settings and looks what is unread. What is left out stays as it was. */
export async function startSession(
  { api, settings }: Context,
  { agent, capabilities }: { agent?: string; capabilities?: string[] },
): Promise<Started> {
  const { session_id, machine, project_key } = settings;
  const told = { agent: agent ?? settings.agent, user: settings.user, project_key };
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  const session = await answered(api.POST('/api/coord/sessions', { body: { session_id, machine, ...known, capabilities } }));
  const query = { to_session: session_id, unread_only: true };
  const unread = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, ...query } } })));
  return { session, unread };
}

/** A line on the session, then what is unread in the printed form. */
export function startText({ session, unread }: Started, colors: Colors): string {
  const where = session.project_key === null ? '' : `, project ${plainLine(session.project_key)}`;
  const held = session.locks.length === 0 ? '' : `, holds ${session.locks.map(({ resource }) => plainLine(resource)).join(', ')}`;
  const head = `Session ${plainLine(session.session_id)} is ${session.status}${where}${held}.`;
  if (unread.length === 0) return `${head}\nNo unread messages.`;
  return `${head}\n\nUNREAD COORD MESSAGES\n${messagesText(unread, colors, '')}\n\n${colors.dim('Mark them as read: coord msg read <id>, or coord msg read --all')}`;
}

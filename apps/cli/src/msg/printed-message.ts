import type { Message } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';

const BAR = '='.repeat(60);
/** What would look like the frame of another message. */
const FRAME = /^(?==|MESSAGE FROM )/gm;

/** A message in the printed form of reference 001, "Check for unread messages". Lines of the body that look like the form itself are set off by a blank. */
export function printedMessage({ from_session, subject, body }: Message): string {
  const text = plainText(body).replace(/\n+$/, '').replace(FRAME, ' ');
  return `${BAR}\nMESSAGE FROM ${plainLine(from_session)} — ${plainLine(subject)}\n${BAR}\n${text}\n${BAR}`;
}

/** The same with what one needs to answer it: id, time and, where they say something, addressee, type, priority. */
export function messageText(message: Message, { bold, dim, red }: Colors): string {
  const { id, sent_at, to_session, type, priority, ack_required, acknowledged_at, project_key } = message;
  const said = [
    relativeTime(sent_at),
    `to ${plainLine(to_session)}`,
    project_key !== null ? plainLine(project_key) : '',
    type === 'note' ? '' : type,
    priority === 'normal' ? '' : priority,
    ack_required && acknowledged_at === null ? 'asks for an acknowledgement (coord msg ack)' : '',
  ].filter((word) => word !== '');
  const emphasis = priority === 'urgent' ? red : bold;
  const [top, head, ...rest] = printedMessage(message).split('\n');
  return [top, emphasis(head ?? ''), ...rest, dim(`id ${id}  ${said.join(', ')}`)].join('\n');
}

/** Several messages, one below the other. */
export const messagesText = (messages: readonly Message[], colors: Colors, none: string): string =>
  messages.length === 0 ? none : messages.map((message) => messageText(message, colors)).join('\n\n');

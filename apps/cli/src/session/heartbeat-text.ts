import type { HeartbeatAnswer } from '@coord/client/index';
import { messageText } from '../msg/printed-message';
import type { Colors } from '../output/output';

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What is due: how much is unread, what is held, and urgent messages in full. */
export function heartbeatText({ unread, urgent, locks }: HeartbeatAnswer, colors: Colors): string {
  const due = `${counted(unread, 'unread message')}${unread > 0 ? ' (coord msg inbox)' : ''}, ${counted(locks.length, 'lock')} held`;
  return [due, ...urgent.map((message) => messageText(message, colors))].join('\n\n');
}

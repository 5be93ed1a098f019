import { answered, everyItem, type Message } from '@coord/client/index';
import { secondOf } from '../board/board-page';
import { sentAt, snapshotOf } from '../board/snapshot';
import { plainLine, plainText } from '../output/plain-text';
import type { ScriptRun } from './script-run';

const BROADCAST = /^(broadcast|all|all_sessions|fleet|everyone)$/i;
const PRIORITIES: readonly string[] = ['low', 'normal', 'high', 'urgent'] satisfies Message['priority'][];
const TYPES: readonly string[] = [
  'note',
  'directive',
  'question',
  'response',
  'progress',
  'blocker',
  'completion',
  'error',
] satisfies Message['type'][];
const AT_ONCE = 500;

/** `session-send-message.sh`: to a session or to all. */
export async function runSendMessage(run: ScriptRun): Promise<void> {
  const [to, subject, body] = [run.required(0), run.required(1), run.required(2)];
  const { session: from_session, project_key } = run;
  const word = run.optional(3)?.toLowerCase() ?? '';
  const kind = {
    ...(TYPES.includes(word) && { type: word as Message['type'] }),
    ...(PRIORITIES.includes(word) && { priority: word as Message['priority'] }),
  };
  const to_session = BROADCAST.test(to) ? 'ALL_SESSIONS' : /^\d{9,}$/.test(to) ? `session-${to}` : to;
  const sent = await answered(run.api.POST('/api/coord/messages', { body: { from_session, to_session, project_key, subject, body, ...kind } }));
  run.say(to_session === 'ALL_SESSIONS' ? '✅ Broadcast sent to all sessions' : `✅ Message sent to ${plainLine(to_session)}`);
  const { warning, similar = [] } = sent as { warning?: string; similar?: string[] };
  if (warning) run.note(plainLine(`⚠️ No session ${to_session} is known so far.${similar.length > 0 ? ` Similar: ${similar.join(', ')}` : ''}`));
  await run.updateBoard();
}

/** `session-check-messages.sh`: what has come for the session and was not read; with `--all` also what was. Without a session: the latest of the project. */
export async function runCheckMessages(run: ScriptRun): Promise<void> {
  const { caller, project_key } = run;
  const all = run.args.includes('--all');
  const messages = caller === null ? (await snapshotOf(run.api, project_key)).messages : await inboxOf(run, caller, !all);
  const broadcasts = messages.filter(({ to_session }) => to_session === 'ALL_SESSIONS');
  const direct = messages.filter(({ to_session }) => to_session !== 'ALL_SESSIONS');
  show(run, 'BROADCAST MESSAGES', broadcasts, false);
  show(run, 'DIRECT MESSAGES', direct, caller === null);
  if (messages.length === 0) run.say('No new messages');
  const unread = messages.flatMap(({ id, read }) => (read ? [] : [id]));
  if (caller === null) return;
  for (let at = 0; at < unread.length; at += AT_ONCE)
    await answered(run.api.PUT('/api/coord/messages/read', { body: { session_id: caller, ids: unread.slice(at, at + AT_ONCE) } }));
}

const inboxOf = (run: ScriptRun, to_session: string, unread_only: boolean): Promise<Message[]> =>
  everyItem((at) => answered(run.api.GET('/api/coord/messages', { params: { query: { ...at, to_session, unread_only } } })));

/** A body of several lines is set in: none of its lines can pass for another message. */
function show(run: ScriptRun, title: string, messages: readonly Message[], withAddressee: boolean): void {
  if (messages.length === 0) return;
  const block = (message: Message): string =>
    [
      `From: ${line(message.from_session)}`,
      ...(withAddressee ? [`To: ${line(message.to_session)}`] : []),
      ...(message.type === 'note' ? [] : [`Type: ${message.type}`]),
      ...(message.priority === 'normal' ? [] : [`Priority: ${message.priority}`]),
      `Subject: ${line(message.subject)}`,
      `Message: ${plainText(message.body).replaceAll('\n', '\n  ')}`,
      `Sent: ${secondOf(sentAt(message))}`,
    ].join('\n');
  run.say(`${title}\n${messages.map(block).join('\n\n')}\n`);
}

const line = (text: string): string => plainLine(text).replace(/\s+/g, ' ');

import { answered, type SentMessage } from '@coord/client/index';
import { type Command, Option } from 'commander';
import { helpText } from '../help';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { textArgument } from '../text-argument';
import { addressee } from './addressee';
import { PRIORITIES, TYPES } from './kinds';
import { messageNamed } from './message-named';

interface SendOptions {
  bodyFile?: string;
  type?: (typeof TYPES)[number];
  priority?: (typeof PRIORITIES)[number];
  ack?: boolean;
  ref?: string[];
  externalId?: string;
  subject?: string;
}

export const register: Register = (msg, context) => {
  kinds(msg.command('send <to> <subject> [body]'))
    .description('Send a message. <to>: ALL, fleet or broadcast; a machine name (its claude-main); a session id')
    .option('--external-id <id>', 'your own id: sent again in the same project, it is the first message again')
    .addHelpText(
      'after',
      helpText({
        examples: [
          'coord msg send ALL "Refunds are in" "POST /refunds is live in 1.4.0"',
          'coord msg send HOWARD-HOME "Question" --type question --body-file question.md',
        ],
      }),
    )
    .action(async (to: string, subject: string, inline: string | undefined, options: SendOptions, command: Command) => {
      const coord = context(command);
      const { session_id, project_key } = coord.settings;
      const text = await body(inline, options);
      const message = {
        ...{ from_session: session_id, to_session: await addressee(coord, to), subject, body: text },
        ...(project_key !== null && { project_key }),
        ...(options.externalId !== undefined && { external_id: options.externalId }),
        ...kindOf(options),
      };
      coord.output.result(await answered(coord.api.POST('/api/coord/messages', { body: message })), sentText);
    });
  kinds(msg.command('reply <id> [body]'))
    .description('Reply to a message, and mark it as read')
    .option('--subject <text>', 'default: that of the message, with Re:')
    .addHelpText('after', helpText({ examples: ['coord msg reply 3b9aa10c "Yes, go on"'], exits: { 5: 'no such message' } }))
    .action(async (given: string, inline: string | undefined, options: SendOptions, command: Command) => {
      const coord = context(command);
      const { session_id } = coord.settings;
      const text = await body(inline, options);
      const path = { id: await messageNamed(coord, given) };
      const asked = await answered(coord.api.GET('/api/coord/messages/{id}', { params: { path, query: { session_id } } }));
      const reply = {
        ...{ from_session: session_id, to_session: asked.from_session === session_id ? asked.to_session : asked.from_session },
        ...{ subject: options.subject ?? replySubject(asked.subject), body: text, reply_to: asked.id },
        ...(asked.project_key !== null && { project_key: asked.project_key }),
        ...{ type: 'response' as const, ...kindOf(options) },
      };
      const sent = await answered(coord.api.POST('/api/coord/messages', { body: reply }));
      if (!asked.read && asked.from_session !== session_id)
        await answered(coord.api.PUT('/api/coord/messages/{id}/read', { params: { path }, body: { session_id } }));
      coord.output.result(sent, sentText);
    });
};

const kinds = (command: Command): Command =>
  command
    .option('--body-file <path>', 'the body from a file, for long ones; - is standard input')
    .addOption(new Option('--type <type>', 'what kind of message it is').choices(TYPES))
    .addOption(new Option('--priority <priority>', 'how pressing it is').choices(PRIORITIES))
    .option('--ack', 'ask for an acknowledgement')
    .option('--ref <id...>', 'ids of messages, tasks or anything else that it is about');

const kindOf = ({ type, priority, ack, ref }: SendOptions) => ({
  ...(type && { type }),
  ...(priority && { priority }),
  ...(ack && { ack_required: true }),
  ...(ref && { references: ref }),
});

const body = (inline: string | undefined, { bodyFile }: SendOptions): Promise<string> =>
  textArgument({ name: 'body', inline, file: bodyFile, option: '--body-file' });

const replySubject = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);

function sentText({ id, to_session, subject, warning, similar }: SentMessage): string {
  const like = similar && similar.length > 0 ? ` Did you mean ${similar.map(plainLine).join(' or ')}?` : '';
  const unknown = warning ? `\nNo session of that name has been seen yet; it gets the message when it comes.${like}` : '';
  return `Sent to ${plainLine(to_session)}: ${plainLine(subject)}\nid ${id}${unknown}`;
}

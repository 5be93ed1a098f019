import { answered, everyItem, type Message } from '@coord/client/index';
import { type Command, Option } from 'commander';
import { EXIT, Failure } from '../failure';
import { helpText } from '../help';
import { momentOf } from '../moment';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { PRIORITIES, TYPES } from './kinds';
import { messageNamed } from './message-named';
import { messagesText } from './printed-message';

interface InboxOptions {
  all?: boolean;
  from?: string;
  type?: (typeof TYPES)[number];
  priority?: (typeof PRIORITIES)[number];
  since?: string;
}

export const register: Register = (msg, context) => {
  msg
    .command('inbox')
    .description('Your unread messages, in full. They stay unread until `msg read`')
    .option('--all', 'also those that are read')
    .option('--from <session>', 'only from this session')
    .addOption(new Option('--type <type>', 'only of this type').choices(TYPES))
    .addOption(new Option('--priority <priority>', 'only of this priority').choices(PRIORITIES))
    .option('--since <time>', 'only what was sent then or later (2026-05-12T15:30:00Z, 2h)')
    .addHelpText('after', helpText({ examples: ['coord msg inbox', 'coord msg inbox --all --from HOWARD-HOME/claude-main'] }))
    .action(async ({ all, from, since, ...filter }: InboxOptions, command: Command) => {
      const coord = context(command);
      // A project of the settings is no reason to leave a message unseen, one that is asked for is.
      const { project } = coord.flags;
      const query = {
        ...{ to_session: coord.settings.session_id, ...filter },
        ...(!all && { unread_only: true }),
        ...(since !== undefined && { since: momentOf(since) }),
        ...(from !== undefined && { from_session: from }),
        ...(project && { project_key: project }),
      };
      const found = await everyItem((at) => answered(coord.api.GET('/api/coord/messages', { params: { query: { ...at, ...query } } })));
      coord.output.result(found, (messages, colors) => inboxText(messages, colors, all));
    });
  msg
    .command('read [ids...]')
    .description('Mark messages as read, by their ids or the ends of them')
    .option('--all', 'all that are unread')
    .addHelpText('after', helpText({ examples: ['coord msg read 3b9aa10c', 'coord msg read --all'], exits: { 5: 'no such message' } }))
    .action(async (given: string[], { all }: { all?: boolean }, command: Command) => {
      const coord = context(command);
      const { session_id } = coord.settings;
      if (given.length > 0 === Boolean(all)) throw new Failure('Name the messages that you have read by their ids, or give --all alone.', EXIT.usage);
      const ids = await Promise.all(given.map((id) => messageNamed(coord, id)));
      const [id] = ids;
      if (id !== undefined && ids.length === 1) {
        const call = coord.api.PUT('/api/coord/messages/{id}/read', { params: { path: { id } }, body: { session_id } });
        return coord.output.result(
          await answered(call),
          ({ subject, from_session }) => `Read: ${plainLine(subject)} (from ${plainLine(from_session)})`,
        );
      }
      const body = { session_id, ...(all ? { all } : { ids }) };
      coord.output.result(
        await answered(coord.api.PUT('/api/coord/messages/read', { body })),
        ({ read }) => `Read: ${read} ${read === 1 ? 'message' : 'messages'}`,
      );
    });
  msg
    .command('ack <id>')
    .description('Acknowledge a message, which also marks it as read')
    .addHelpText('after', helpText({ examples: ['coord msg ack 3b9aa10c'], exits: { 5: 'no such message' } }))
    .action(async (given: string, _options: object, command: Command) => {
      const coord = context(command);
      const path = { id: await messageNamed(coord, given) };
      const call = coord.api.PUT('/api/coord/messages/{id}/ack', { params: { path }, body: { session_id: coord.settings.session_id } });
      coord.output.result(
        await answered(call),
        ({ subject, from_session }) => `Acknowledged: ${plainLine(subject)} (from ${plainLine(from_session)})`,
      );
    });
};

function inboxText(messages: Message[], colors: Colors, all: boolean | undefined): string {
  const text = messagesText(messages, colors, all ? 'No messages.' : 'No unread messages.');
  const unread = messages.some(({ read }) => !read);
  return unread ? `${text}\n\n${colors.dim('Mark them as read: coord msg read <id>, or coord msg read --all')}` : text;
}

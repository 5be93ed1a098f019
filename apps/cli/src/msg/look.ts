import { answered, everyItem } from '@coord/client/index';
import { type Command, Option } from 'commander';
import { helpText } from '../help';
import { momentOf } from '../moment';
import { numberOf } from '../numbers';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { PRIORITIES, TYPES } from './kinds';
import { messageNamed } from './message-named';
import { messagesTable } from './messages-table';
import { messagesText } from './printed-message';

interface SearchOptions extends ScopeOptions {
  mine?: boolean;
  from?: string;
  type?: (typeof TYPES)[number];
  priority?: (typeof PRIORITIES)[number];
  since?: string;
  limit: string;
}

export const register: Register = (msg, context) => {
  msg
    .command('thread <id>')
    .description('The whole conversation that a message belongs to')
    .addHelpText('after', helpText({ examples: ['coord msg thread 3b9aa10c'], exits: { 5: 'no such message' } }))
    .action(async (given: string, _options: object, command: Command) => {
      const coord = context(command);
      const path = { id: await messageNamed(coord, given) };
      const found = await everyItem((at) => answered(coord.api.GET('/api/coord/messages/{id}/thread', { params: { path, query: at } })));
      coord.output.result(found, (messages, colors) => messagesText(messages, colors, 'No messages.'));
    });
  scoped(msg.command('search <words...>'))
    .description('Messages with all these words in subject or body; the best match first')
    .option('--mine', 'only what this session was sent')
    .option('--from <session>', 'only from this session')
    .addOption(new Option('--type <type>', 'only of this type').choices(TYPES))
    .addOption(new Option('--priority <priority>', 'only of this priority').choices(PRIORITIES))
    .option('--since <time>', 'only what was sent then or later (2026-05-12T15:30:00Z, 2h)')
    .option('--limit <number>', 'how many at most', '50')
    .addHelpText('after', helpText({ examples: ['coord msg search refund timeout'] }))
    .action(async (words: string[], { mine, from, since, limit, allProjects, ...filter }: SearchOptions, command: Command) => {
      const coord = context(command);
      const query = {
        ...{ q: words.join(' '), limit: numberOf('--limit', limit, 1), ...scopeOf(coord, { allProjects }), ...filter },
        ...(since !== undefined && { since: momentOf(since) }),
        ...(mine && { to_session: coord.settings.session_id }),
        ...(from !== undefined && { from_session: from }),
      };
      const found = await answered(coord.api.GET('/api/coord/messages', { params: { query } }));
      coord.output.result(Array.isArray(found) ? found : found.items, messagesTable);
    });
  scoped(msg.command('unanswered'))
    .description('Questions and blockers without a response, and acknowledgements owed; oldest first')
    .addHelpText('after', helpText({ examples: ['coord msg unanswered'] }))
    .action(async (scope: ScopeOptions, command: Command) => {
      const coord = context(command);
      const query = scopeOf(coord, scope);
      const found = await everyItem((at) => answered(coord.api.GET('/api/coord/messages/unanswered', { params: { query: { ...at, ...query } } })));
      coord.output.result(found, messagesTable);
    });
};

import type { Command } from 'commander';
import type { Context } from '../context';
import { withHelp } from '../help';
import { momentOf } from '../moment';
import { numberOf } from '../numbers';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { eventsText } from './event-text';
import { type EventFilter, eventPages, lastEvents } from './events';
import { follow } from './follow';

interface HistoryOptions extends ScopeOptions {
  by?: string;
  type?: string;
  stream?: string;
  resource?: string;
  from?: string;
  to?: string;
  limit: string;
  follow?: boolean;
}

export const register: Register = (program, context) => {
  withHelp(
    scoped(program.command('history').description('What happened in the project: the last events, or those of a range'))
      .option('--by <session>', 'only what this session did')
      .option('--type <event>', 'only events of this type, as LockClaimed')
      .option('--stream <name>', 'only events of this stream')
      .option('--resource <path>', 'only what happened to locks on it')
      .option('--from <moment>', 'after this position, time or span of the past (1024, 2026-05-12T15:30:00Z, 2h)')
      .option('--to <moment>', 'up to this one, inclusive')
      .option('--limit <count>', 'at most so many: of the last ones; in a range, of the first ones; 0: all', '50')
      .option('-f, --follow', 'go on with what happens from now on (or from --from on), until Ctrl-C (JSON: one event a line)')
      .action(async (options: HistoryOptions, command: Command) => {
        const coord = context(command);
        const filter = filterOf(coord, options);
        const [from, to] = [options.from, options.to].map((text) => (text === undefined ? undefined : momentOf(text)));
        const most = numberOf('--limit', options.limit) || Number.POSITIVE_INFINITY;
        if (options.follow) return follow(coord, filter, from);
        if (from === undefined && to === undefined && Number.isFinite(most))
          return coord.output.result(await lastEvents(coord.api, filter, most), eventsText);
        const events = [];
        for await (const page of eventPages(coord.api, { ...filter, from, to }, most)) events.push(...page);
        coord.output.result(events, eventsText);
      }),
    { examples: ['coord history --resource src/api --limit 20', 'coord history --from 2h --type LockBroken', 'coord history --follow'] },
  );
};

function filterOf(coord: Context, { by, type, stream, resource, ...scope }: HistoryOptions): EventFilter {
  return { ...scopeOf(coord, scope), session_id: by, type, stream, resource };
}

import { answered, everyItem, type HistoryEvent, type Lock, type LockRequest } from '@coord/client/index';
import type { Command } from 'commander';
import { EXIT } from '../failure';
import { helpText } from '../help';
import { numberOf } from '../numbers';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { table } from '../output/table';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { lockNamed } from './lock-named';
import { conflictText, grantText, locksText } from './lock-text';

interface ListOptions extends ScopeOptions {
  by?: string;
  mine?: boolean;
  resource?: string;
  stale?: boolean;
  all?: boolean;
}

export const register: Register = (lock, context) => {
  scoped(lock.command('list'))
    .description('List active locks')
    .option('--mine', 'only those of this session')
    .option('--by <session>', 'only those of that session')
    .option('--resource <resource>', 'only those that overlap it (needs a project)')
    .option('--stale', 'only stale ones')
    .option('--all', 'also those that have ended')
    .addHelpText('after', helpText({ examples: ['coord lock list', 'coord lock list --mine'] }))
    .action(async ({ by, mine, resource, stale, all, ...scope }: ListOptions, command: Command) => {
      const coord = context(command);
      const session_id = mine ? coord.settings.session_id : by;
      const query = {
        ...scopeOf(coord, scope),
        ...(session_id !== undefined && { session_id }),
        ...(resource !== undefined && { resource }),
        ...(stale && { stale }),
        ...(all && { include_inactive: true }),
      };
      coord.output.result(
        await everyItem((at) => answered(coord.api.GET('/api/coord/locks', { params: { query: { ...at, ...query } } }))),
        locksText,
      );
    });
  lock
    .command('check <project> <resource>')
    .description('Is it free for this session? Exit code 3 when not, with who holds it, until when and what to do')
    .option('--shared', 'for a shared claim')
    .addHelpText('after', helpText({ examples: ['coord lock check shop src/api/orders.ts'], exits: { 3: 'another session holds it' } }))
    .action(async (project_key: string, resource: string, { shared }: { shared?: boolean }, command: Command) => {
      const coord = context(command);
      const query = { project_key, resource };
      const overlapping = await everyItem((at) => answered(coord.api.GET('/api/coord/locks', { params: { query: { ...at, ...query } } })));
      const mine = overlapping.filter(({ session_id }) => session_id === coord.settings.session_id);
      const conflicts = overlapping.filter((other) => !mine.includes(other) && !(shared && other.mode === 'shared'));
      coord.output.result({ free: conflicts.length === 0, conflicts, mine }, (found, colors) => checkText(found, resource, colors));
      if (conflicts.length > 0) process.exitCode = EXIT.lockConflict;
    });
  lock
    .command('verify <project> <resource> <fence>')
    .description('Does the lock that was granted with this fence still hold? Exit code 3 when not')
    .addHelpText('after', helpText({ examples: ['coord lock verify shop src/api 7'], exits: { 3: 'the fence is not valid any more' } }))
    .action(async (project_key: string, resource: string, fence: string, _options: object, command: Command) => {
      const coord = context(command);
      const body = { project_key, resource, session_id: coord.settings.session_id, fence: numberOf('<fence>', fence) };
      coord.output.result(await answered(coord.api.POST('/api/coord/locks/verify', { body })), ({ lock }, colors) => grantText(lock, colors));
    });
  lock
    .command('explain <id>')
    .description('What led to this lock, and why it is or is not valid')
    .addHelpText('after', helpText({ examples: ['coord lock explain 3b9aa10c'], exits: { 5: 'no such lock' } }))
    .action(async (given: string, _options: object, command: Command) => {
      const coord = context(command);
      const path = { id: await lockNamed(coord, given) };
      coord.output.result(await answered(coord.api.GET('/api/coord/locks/{id}/explain', { params: { path } })), explanation);
    });
  scoped(lock.command('queue'))
    .description('Who waits for what, in order')
    .addHelpText('after', helpText({ examples: ['coord lock queue'] }))
    .action(async (scope: ScopeOptions, command: Command) => {
      const coord = context(command);
      const query = scopeOf(coord, scope);
      coord.output.result(
        await everyItem((at) => answered(coord.api.GET('/api/coord/locks/queue', { params: { query: { ...at, ...query } } }))),
        queueText,
      );
    });
};

function checkText({ free, conflicts, mine }: { free: boolean; conflicts: Lock[]; mine: Lock[] }, resource: string, colors: Colors): string {
  if (!free) return conflicts.map((lock) => conflictText(lock, colors)).join('\n');
  const [held] = mine;
  return held
    ? `${colors.green('Yours')}: ${plainLine(resource)} is under ${plainLine(held.resource)}, id ${held.id}.`
    : `${colors.green('Free')}: ${plainLine(resource)}`;
}

function explanation({ lock, events, reason }: { lock: Lock; events: HistoryEvent[]; reason: string }, { bold, dim }: Colors): string {
  const lines = events.map(({ at, type, actor, data }) => {
    const why = typeof data.reason === 'string' ? `: ${data.reason}` : '';
    return `  ${dim(at)}  ${type}${plainLine(`${actor === null ? '' : ` by ${actor}`}${why}`)}`;
  });
  return [bold(`${plainLine(lock.resource)} of ${plainLine(lock.project_key)}`), plainLine(reason), ...lines].join('\n');
}

function queueText(requests: LockRequest[]): string {
  if (requests.length === 0) return 'Nobody waits.';
  const rows = requests.map((request, place) => [
    ...[String(place + 1), request.project_key, request.resource, request.mode, request.session_id],
    ...[relativeTime(request.queued_at), request.until],
  ]);
  return table(['#', 'PROJECT', 'RESOURCE', 'MODE', 'SESSION', 'WAITS SINCE', 'UNTIL'], rows);
}

import { answered, type Lock } from '@coord/client/index';
import type { Command } from 'commander';
import { EXIT, Failure } from '../failure';
import { helpText } from '../help';
import { numberOf } from '../numbers';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { lockNamed } from './lock-named';
import { grantText } from './lock-text';

const WHICH = 'the id or its end, or <project> <resource> of a lock of yours';

export const register: Register = (lock, context) => {
  lock
    .command('release [id] [resource]')
    .description(`Release a lock: ${WHICH}`)
    .option('--reason <text>', 'why; it stays on record')
    .option('--all', 'all locks of this session (with --project: of that project)')
    .addHelpText('after', helpText({ examples: ['coord lock release 3b9aa10c'], exits: { 3: "it is another session's", 5: 'no such lock' } }))
    .action(async (id: string | undefined, resource: string | undefined, { reason, all }: { reason?: string; all?: boolean }, command: Command) => {
      const coord = context(command);
      const { session_id } = coord.settings;
      const why = reason !== undefined && { reason };
      if (all && id === undefined) {
        const { project } = coord.flags;
        const query = { session_id, release_all: true, ...(project && { project_key: project }), ...why };
        const done = await answered(coord.api.DELETE('/api/coord/locks', { params: { query } }));
        return coord.output.result(done, ({ released }) => `Released ${released} ${released === 1 ? 'lock' : 'locks'}.`);
      }
      if (id === undefined || all) throw new Failure('Name one lock (its id, or project and resource), or give --all alone.', EXIT.usage);
      const path = { id: await lockNamed(coord, id, resource) };
      coord.output.result(await answered(coord.api.DELETE('/api/coord/locks/{id}', { params: { path, query: { session_id, ...why } } })), endText);
    });
  lock
    .command('renew <id> [resource]')
    .description(`Renew a lock, its time counted from now: ${WHICH}`)
    .option('--ttl <hours>', 'hours until it expires; 0: never (default: as it was claimed)')
    .addHelpText(
      'after',
      helpText({ examples: ['coord lock renew 3b9aa10c --ttl 3'], exits: { 3: "it has ended, or is another session's", 5: 'no such lock' } }),
    )
    .action(async (id: string, resource: string | undefined, { ttl }: { ttl?: string }, command: Command) => {
      const coord = context(command);
      const body = { session_id: coord.settings.session_id, ...(ttl !== undefined && { ttl_hours: numberOf('--ttl', ttl) }) };
      const path = { id: await lockNamed(coord, id, resource) };
      coord.output.result(await answered(coord.api.POST('/api/coord/locks/{id}/renew', { params: { path }, body })), grantText);
    });
  lock
    .command('break <id>')
    .description("Override another session's lock; it stays on record who did it and why")
    .requiredOption('--reason <text>', 'why')
    .addHelpText(
      'after',
      helpText({ examples: ['coord lock break 3b9aa10c --reason "Its holder is gone, and the release is due"'], exits: { 5: 'no such lock' } }),
    )
    .action(async (id: string, { reason }: { reason: string }, command: Command) => {
      const coord = context(command);
      const path = { id: await lockNamed(coord, id) };
      const body = { session_id: coord.settings.session_id, reason };
      coord.output.result(await answered(coord.api.POST('/api/coord/locks/{id}/break', { params: { path }, body })), endText);
    });
};

function endText({ status, resource, project_key, session_id, ended_by }: Lock): string {
  const by = ended_by !== null && ended_by !== session_id ? ` by ${plainLine(ended_by)}` : '';
  return `${status.charAt(0).toUpperCase()}${status.slice(1)}${by}: ${plainLine(resource)} of ${plainLine(project_key)}, that ${plainLine(session_id)} held.`;
}

import { answered, everyItem } from '@coord/client/index';
import { type Command, Option } from 'commander';
import { withHelp } from '../help';
import { numberOf } from '../numbers';
import { many } from '../options';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { heartbeatText } from './heartbeat-text';
import { sessionsText, sessionText } from './session-text';
import { startSession, startText } from './start';

const STATUSES = ['active', 'idle', 'lost', 'ended'] as const;

interface HeartbeatOptions {
  action?: string;
  target?: string;
  phase?: string;
  progress?: string;
  next?: string;
}

export const register: Register = (program, context) => {
  const session = program.command('session').description('Sessions: who works where, and on what');

  withHelp(
    session
      .command('start')
      .description('Register this session, send what was queued while the engine was away, and show what is unread')
      .option('--agent <kind>', 'the kind of agent (COORD_AGENT)')
      .option('--capability <word>', 'what it is good for; may be repeated', many)
      .action(async ({ agent, capability }: { agent?: string; capability?: string[] }, command: Command) => {
        const coord = context(command);
        coord.output.result(await startSession(coord, { agent, capabilities: capability }), startText);
      }),
    { examples: ['coord session start', 'coord session start --session HOME/reviewer --agent codex --capability review'] },
  );

  withHelp(
    session
      .command('heartbeat')
      .description('Say that this session lives, and what it is at; shows what is due')
      .option('--action <text>', 'what it is at')
      .option('--target <text>', 'at what')
      .option('--phase <text>', 'in which phase')
      .option('--progress <percent>', 'how far: 0 to 100')
      .option('--next <text>', 'what comes next')
      .action(async ({ next, progress, ...said }: HeartbeatOptions, command: Command) => {
        const { api, settings, output } = context(command);
        const { session_id: id, project_key } = settings;
        const far = progress === undefined ? {} : { progress: numberOf('--progress', progress.replace(/%$/, '')) };
        const body = { ...said, ...far, ...(next !== undefined && { next_action: next }), ...(project_key !== null && { project_key }) };
        output.result(await answered(api.POST('/api/coord/sessions/{id}/heartbeat', { params: { path: { id } }, body })), heartbeatText);
      }),
    { examples: ['coord session heartbeat --action testing --target src/api --progress 60 --next "write the changelog"'] },
  );

  withHelp(
    session
      .command('end')
      .description('End this session: releases all that it holds')
      .option('--reason <text>', 'why; it stays on record')
      .action(async ({ reason }: { reason?: string }, command: Command) => {
        const { api, settings, output } = context(command);
        const call = api.POST('/api/coord/sessions/{id}/end', { params: { path: { id: settings.session_id } }, body: { reason } });
        output.result(await answered(call), ({ session_id }) => `Session ${session_id} has ended; what it held is released.`);
      }),
    { examples: ['coord session end --reason "done for today"'], exits: { 5: 'no such session' } },
  );

  withHelp(
    scoped(session.command('list').description('Sessions of the project, with what they said last'))
      .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
      .action(async ({ status, ...scope }: ScopeOptions & { status?: (typeof STATUSES)[number] }, command: Command) => {
        const coord = context(command);
        const query = { ...scopeOf(coord, scope), status };
        coord.output.result(
          await everyItem((at) => answered(coord.api.GET('/api/coord/sessions', { params: { query: { ...at, ...query } } }))),
          sessionsText,
        );
      }),
    { examples: ['coord session list --status active'] },
  );

  withHelp(
    session
      .command('show [session]')
      .description('A session, with its locks; without a name: this one')
      .action(async (named: string | undefined, _options: object, command: Command) => {
        const { api, settings, output } = context(command);
        const id = named ?? settings.session_id;
        output.result(await answered(api.GET('/api/coord/sessions/{id}', { params: { path: { id } } })), sessionText);
      }),
    { examples: ['coord session show HOME/claude-main'], exits: { 5: 'no such session' } },
  );
};

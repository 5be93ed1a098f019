import { answered } from '@coord/client/index';
import type { Command } from 'commander';
import type { Context } from '../context';
import { EXIT } from '../failure';
import { withHelp } from '../help';
import { addressee } from '../msg/addressee';
import type { Register } from '../register';
import { workflowNamed } from '../workflow/workflow-named';
import { workItemNamed } from './work-item-named';
import { changedText, workItemText } from './work-text';

export const register: Register = (work, context) => {
  withHelp(
    work
      .command('claim [id]')
      .description('Take a work item and begin it; without an id: the best that is ready and that nobody has')
      .option('--workflow <workflow>', 'the best of this one, by its id or name')
      .action(async (given: string | undefined, { workflow }: { workflow?: string }, command: Command) => {
        const coord = context(command);
        if (given === undefined) return claimNext(coord, workflow);
        const path = { id: await workItemNamed(coord, given) };
        const call = coord.api.POST('/api/coord/work-items/{id}/claim', { params: { path }, body: { session_id: coord.settings.session_id } });
        coord.output.result(await answered(call), workItemText);
      }),
    {
      examples: ['coord work claim', 'coord work claim 3b9aa10c'],
      exits: { 1: 'another session has it', 5: 'nothing is ready, or no such work item' },
    },
  );

  withHelp(
    work
      .command('handoff <id> <to> <note>')
      .description('Hand a work item off to another session, which gets a message with the note')
      .action(async (given: string, to: string, note: string, _options: object, command: Command) => {
        const coord = context(command);
        const path = { id: await workItemNamed(coord, given) };
        const body = { from_session: coord.settings.session_id, to_session: await addressee(coord, to), note };
        coord.output.result(await answered(coord.api.POST('/api/coord/work-items/{id}/handoff', { params: { path }, body })), changedText);
      }),
    { examples: ['coord work handoff 3b9aa10c DESKTOP "Tests are red in refunds.spec.ts, the rest is done"'], exits: { 5: 'no such work item' } },
  );
};

async function claimNext(coord: Context, workflow: string | undefined): Promise<void> {
  const { session_id } = coord.settings;
  const workflow_id = workflow === undefined ? undefined : await workflowNamed(coord, workflow);
  const item =
    (await answered(coord.api.POST('/api/coord/work-items/claim', { body: { session_id, project_key: coord.project, workflow_id } }))) ?? null;
  if (item === null) process.exitCode = EXIT.notFound;
  coord.output.result(item, (found, colors) => (found === null ? 'Nothing is ready that nobody has.' : workItemText(found, colors)));
}

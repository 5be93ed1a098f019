import { answered } from '@coord/client/index';
import type { Command } from 'commander';
import { helpText } from '../help';
import { numberOf } from '../numbers';
import type { Register } from '../register';
import { type ClaimOptions, claimOf, terms } from './claim-terms';
import { grantText } from './lock-text';
import { claimWhenFree } from './waiting-claim';

export const register: Register = (lock, context) => {
  terms(lock.command('claim <project> <resource> [description]'))
    .description('Claim a work lock (default ttl 2h)')
    .option('--wait <seconds>', 'stand in line for it, up to 60 seconds')
    .addHelpText(
      'after',
      helpText({ examples: ['coord lock claim shop src/api "Adding refunds" --ttl 1'], exits: { 3: 'another session holds it' } }),
    )
    .action(async (project: string, resource: string, description: string | undefined, options: ClaimOptions, command: Command) => {
      const coord = context(command);
      const claim = claimOf(coord, project, resource, description, options);
      const wait_seconds = numberOf('--wait', options.wait ?? '0');
      const api = wait_seconds > 0 ? coord.waitingApi(wait_seconds * 1_000) : coord.api;
      coord.output.result(await answered(api.POST('/api/coord/locks', { body: { ...claim, ...(wait_seconds > 0 && { wait_seconds }) } })), grantText);
    });
  terms(lock.command('wait <project> <resource> [description]'))
    .description('Claim it, however long that takes; Ctrl-C leaves the queue')
    .option('--timeout <seconds>', 'give up after that (exit code 3)')
    .addHelpText(
      'after',
      helpText({ examples: ['coord lock wait shop src/api "Adding refunds"'], exits: { 3: 'it was not granted in time', 130: 'interrupted' } }),
    )
    .action(async (project: string, resource: string, description: string | undefined, options: ClaimOptions, command: Command) => {
      const coord = context(command);
      const claim = claimOf(coord, project, resource, description, options);
      const timeoutMs = options.timeout === undefined ? Number.POSITIVE_INFINITY : numberOf('--timeout', options.timeout) * 1_000;
      const granted = await claimWhenFree(coord, claim, timeoutMs);
      if (granted) coord.output.result(granted, grantText);
    });
};

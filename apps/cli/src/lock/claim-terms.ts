import type { Command } from 'commander';
import type { Context } from '../context';
import { numberOf } from '../numbers';

export interface ClaimOptions {
  ttl: string;
  shared?: boolean;
  wait?: string;
  timeout?: string;
}

/** What a claim asks for, as the command line says it. */
export function claimOf({ settings }: Context, project_key: string, resource: string, description: string | undefined, options: ClaimOptions) {
  return {
    ...{ project_key, resource, session_id: settings.session_id, ttl_hours: numberOf('--ttl', options.ttl) },
    ...(description !== undefined && { description }),
    ...(options.shared && { mode: 'shared' as const }),
  };
}

/** Adds the options of a claim to a command; gives the command. */
export const terms = (command: Command): Command =>
  command.option('--ttl <hours>', 'hours until it expires, fractions allowed; 0: never', '2').option('--shared', 'beside other shared locks');

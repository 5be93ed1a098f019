import type { Command } from 'commander';
import type { Context } from './context';

export interface ScopeOptions {
  allProjects?: boolean;
}

/** For commands that list: the project of the settings, unless all are asked for. */
export const scoped = (command: Command): Command => command.option('--all-projects', 'of all projects, whatever the settings name');

/** The part of a query that says so. */
export function scopeOf({ settings }: Context, { allProjects }: ScopeOptions): { project_key?: string } {
  return settings.project_key === null || allProjects ? {} : { project_key: settings.project_key };
}

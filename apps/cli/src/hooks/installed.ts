import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure';
import { EVENTS } from '../hook/answers';
import { AGENTS, type Agent } from '../hook/payload';
import type { Place } from '../settings/place';
import { coordCommand } from './coord-command';
import { ourCommands, type Settings, withHooks, withoutHooks } from './merge';
import { readSettingsFile, type SettingsText, writeSettingsFile } from './settings-file';
import { type Scope, settingsPath, wiring } from './wiring';

/** What a change of a tool's settings came to. */
export interface Change {
  agent: Agent;
  scope: Scope;
  file: string;
  changed: boolean;
  dry_run: boolean;
  /** The events that are answered now. */
  events: string[];
  /** What the user still has to do or should know. */
  notes: string[];
  settings: Settings;
}

/** Puts the hooks into a tool's settings, or takes them out. @throws Failure when that can't be done without harm to what is there. */
export function change(what: 'install' | 'uninstall', agent: Agent, scope: Scope, place: Place, dryRun: boolean): Change {
  const file = settingsPath(agent, scope, place.root ?? process.cwd());
  const entries = wiring(agent, coordCommand());
  const { text, settings } = changed(
    file,
    () => {
      const read = readSettingsFile(file);
      return { text: read, settings: what === 'install' ? withHooks(read.settings, agent, entries) : withoutHooks(read.settings, agent) };
    },
    what === 'install' ? JSON.stringify(withHooks({}, agent, entries), null, 2) : null,
  );
  const isChanged = JSON.stringify(settings) !== JSON.stringify(text.settings);
  if (isChanged && !dryRun) writeSettingsFile(file, settings, text);
  const events = Object.keys(ourCommands(settings, agent));
  return { agent, scope, file, changed: isChanged, dry_run: dryRun, events, notes: what === 'install' ? notesOn(agent, file, place) : [], settings };
}

function changed(
  file: string,
  attempt: () => { text: SettingsText; settings: Settings },
  toAdd: string | null,
): { text: SettingsText; settings: Settings } {
  try {
    return attempt();
  } catch (error) {
    const by = toAdd === null ? 'take the entries with "coord hook" out by hand' : `add this by hand:\n${toAdd}`;
    throw new Failure(`${file} can't be changed without harm (${(error as Error).message}); ${by}`);
  }
}

function notesOn(agent: Agent, file: string, { project_key }: Place): string[] {
  const notes = project_key === null ? ['No project is named here: write {"project_key": "…"} to .coord.json, or nothing is enforced.'] : [];
  if (agent === 'codex') {
    notes.push('Codex runs a new hook only after you have trusted it: open /hooks in Codex.');
    const config = join(dirname(file), 'config.toml');
    const toml = existsSync(config) ? readFileSync(config, 'utf8') : '';
    if (/^\s*\[+hooks\b/m.test(toml)) notes.push(`${config} has hooks as well: Codex takes both, and warns at its start.`);
    if (/^\s*(codex_)?hooks\s*=\s*false/m.test(toml)) notes.push(`${config} switches hooks off: take "hooks = false" out.`);
  }
  if (agent === 'cursor') notes.push('Restart Cursor if it does not show them under Settings, Hooks.');
  return notes;
}

/** What is installed of one tool in one place. */
export interface Installed {
  agent: Agent;
  scope: Scope;
  file: string;
  events: string[];
  /** The command that is run before an edit. */
  edit_command: string | null;
  /** Why the file can't be read. */
  problem: string | null;
}

/** What is installed, by tool: in the project, then of the user. A project that is the user's home has one file for both. */
export function installed(place: Place): Installed[] {
  const root = place.root ?? process.cwd();
  return AGENTS.flatMap((agent) => {
    const isHome = settingsPath(agent, 'project', root) === settingsPath(agent, 'user', root);
    const scopes: readonly Scope[] = isHome ? ['user'] : ['project', 'user'];
    return scopes.map((scope) => {
      const file = settingsPath(agent, scope, root);
      const edit = Object.keys(EVENTS[agent]).find((event) => EVENTS[agent][event] === 'edit') ?? '';
      try {
        const commands = ourCommands(readSettingsFile(file).settings, agent);
        return { agent, scope, file, events: Object.keys(commands), edit_command: commands[edit] ?? null, problem: null };
      } catch (error) {
        return { agent, scope, file, events: [], edit_command: null, problem: (error as Error).message };
      }
    });
  });
}

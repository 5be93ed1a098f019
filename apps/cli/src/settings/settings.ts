import { hostname } from 'node:os';
import { Failure } from '../failure';
import { type Given, type SettingsFile, settingsFiles } from './settings-files';

/** Who acts, and where the engine is. */
export interface Settings {
  /** Where the engine listens, without a slash at the end. */
  url: string;
  /** The session that commands act as: `<MACHINE>/claude-main` unless something says otherwise. */
  session_id: string;
  /** Whether a flag, the environment or a file names the session; else it is the machine's own, which its agents share. */
  session_named: boolean;
  machine: string;
  user: string | null;
  /** The kind of agent that it is (`claude`, `codex`, …). */
  agent: string | null;
  /** The project that commands mean when they name none. */
  project_key: string | null;
}

/** What `--session` and its likes give. */
export interface GlobalFlags {
  url?: string;
  session?: string;
  project?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8001';

/** What one place says of the settings, and what that place is called. */
interface Source {
  from: string;
  given: Given;
}

/**
 * The settings of a run, the first that says something wins: flags, `COORD_*`, `.coord.json` (here or above), `identity.json`, the user's
 * `coord/config.json`. Each file is read at most once.
 * @throws Failure when a file is no JSON object, or the address no URL.
 */
export const readSettings = (flags: GlobalFlags, env: NodeJS.ProcessEnv = process.env, folder = process.cwd()): Settings =>
  settingsOf(sources(flags, env, folder));

/** Where each setting came from: an option, the environment, the path of a file, or `default`. Throws as `readSettings` does. */
export function settingsWithOrigins(
  flags: GlobalFlags,
  env: NodeJS.ProcessEnv = process.env,
  folder = process.cwd(),
): { settings: Settings; origins: Record<keyof Given, string> } {
  const all = sources(flags, env, folder);
  const from = (name: keyof Given): string => all.find((source) => says(source, name))?.from ?? 'default';
  return {
    settings: settingsOf(all),
    origins: {
      url: from('url'),
      session_id: from('session_id'),
      machine: from('machine'),
      user: from('user'),
      agent: from('agent'),
      project_key: from('project_key'),
    },
  };
}

const sources = (flags: GlobalFlags, env: NodeJS.ProcessEnv, folder: string): Source[] => [
  { from: 'option', given: { url: flags.url, session_id: flags.session, project_key: flags.project } },
  { from: 'environment', given: fromEnvironment(env) },
  ...settingsFiles(env, folder).map(({ path, given }: SettingsFile) => ({ from: path, given })),
];

const says = ({ given }: Source, name: keyof Given): boolean => given[name] !== undefined && given[name] !== '';

function settingsOf(all: readonly Source[]): Settings {
  const first = (name: keyof Given): string | undefined => all.find((source) => says(source, name))?.given[name];
  const machine = first('machine') ?? hostname();
  return {
    url: urlOf(first('url') ?? DEFAULT_URL),
    session_id: first('session_id') ?? sessionOfMachine(machine),
    session_named: first('session_id') !== undefined,
    machine,
    user: first('user') ?? null,
    agent: first('agent') ?? null,
    project_key: first('project_key') ?? null,
  };
}

/** The session that acts on a machine where none is named (reference 002). */
export const sessionOfMachine = (machine: string): string => `${machine}/claude-main`;

function fromEnvironment(env: NodeJS.ProcessEnv): Given {
  return {
    url: env.COORD_URL ?? env.COORD_API,
    session_id: env.COORD_SESSION_ID ?? env.COORD_SESSION,
    machine: env.COORD_MACHINE,
    user: env.COORD_USER,
    agent: env.COORD_AGENT,
    project_key: env.COORD_PROJECT,
  };
}

/** The engine's address, also where `/api/coord` is written behind it. */
function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Failure(`${JSON.stringify(text)} is no address of an engine: give one such as ${DEFAULT_URL}, by --url, COORD_URL or .coord.json.`);
  return url.href.replace(/(\/api\/coord)?\/*$/, '');
}

import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { distance } from 'fastest-levenshtein';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says, checked; also the injection token that it is provided under. Durations are in milliseconds. */
export abstract class Configuration {
  abstract readonly host: string;
  /** 0: any free port. */
  abstract readonly port: number;
  /** Absolute. Used only where there is no `databaseUrl`. */
  abstract readonly dataDir: string;
  /** null: the embedded Postgres in `dataDir`. */
  abstract readonly databaseUrl: string | null;
  /** null: the log is in the Postgres, with the read models. */
  abstract readonly eventStoreUrl: string | null;
  abstract readonly staleAfterMs: number;
  abstract readonly idleAfterMs: number;
  abstract readonly lostAfterMs: number;
  abstract readonly broadcastForMs: number;
  abstract readonly logLevel: LogLevel;
}

export interface Setting {
  name: string;
  /** As it is written in the environment; null: not set, and `meaning` says what happens then. */
  default: string | null;
  meaning: string;
}

/** Every setting, in the order of the table in the README, which a test holds against this one. */
export const settings = [
  { name: 'COORD_HOST', default: '127.0.0.1', meaning: 'The address to listen on.' },
  { name: 'COORD_PORT', default: '8001', meaning: 'The port to listen on; `PORT` is honoured too, `0` takes a free one.' },
  {
    name: 'COORD_DATA_DIR',
    default: null,
    meaning: 'The folder of the embedded Postgres; without it `coord` in the data folder of the user (`$XDG_DATA_HOME`, `~/.local/share`).',
  },
  {
    name: 'DATABASE_URL',
    default: null,
    meaning: 'A Postgres for the log and the read models (`postgres://…`); without it an embedded one starts in `COORD_DATA_DIR`.',
  },
  { name: 'EVENTSTORE_URL', default: null, meaning: 'An EventStoreDB for the log (`esdb://…`); the Postgres then holds the read models alone.' },
  { name: 'COORD_STALE_AFTER', default: '2h', meaning: 'How old a lock is, and for how long its holder has been silent, when it counts as stale.' },
  { name: 'COORD_IDLE_AFTER', default: '5m', meaning: 'After how much silence a session is idle.' },
  { name: 'COORD_LOST_AFTER', default: '30m', meaning: 'After how much silence a session is lost, and its locks are stale whatever their age.' },
  { name: 'COORD_BROADCAST_DAYS', default: '7', meaning: 'For how many days a broadcast reaches sessions that ask for what is unread.' },
  { name: 'COORD_LOG_LEVEL', default: 'info', meaning: `What is logged to standard output: ${LOG_LEVELS.join(', ')}.` },
] as const satisfies readonly Setting[];

type SettingName = (typeof settings)[number]['name'];
type Environment = Readonly<Record<string, string | undefined>>;

/** The environment can't be used. `mistakes` are whole sentences, one for each; the message holds all of them. */
export class ConfigurationError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ConfigurationError';
  }
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const LONGEST_MS = 8_760 * UNIT_MS.h;
const DAY_MS = 24 * UNIT_MS.h;

/** `500ms`, `90s`, `5m`, `2h` (fractions allowed) in milliseconds; null for anything else, for zero and for more than a year. */
export function durationMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (!match) return null;
  const ms = Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
  return ms > 0 && ms <= LONGEST_MS ? ms : null;
}

/**
 * Reads and checks the settings. An empty variable counts as not set.
 * @throws ConfigurationError with every mistake at once.
 */
export function readConfiguration(env: Environment): Configuration {
  const mistakes: string[] = [];
  const given = (name: string): string | null => env[name]?.trim() || null;
  const text = (name: SettingName): string => given(name) ?? settings.find((setting) => setting.name === name)?.default ?? '';

  /** What `parse` makes of the setting; a null from it is a mistake. */
  const read = <T>(name: SettingName, parse: (value: string) => T | null, wanted: string, from: string = name): T => {
    const value = from === name ? text(name) : (given(from) ?? '');
    const parsed = parse(value);
    const shown = name === 'DATABASE_URL' || name === 'EVENTSTORE_URL' ? '' : ` and not "${value}"`; // it may hold a password
    if (parsed === null) mistakes.push(`${from} must be ${wanted}${shown}.`);
    return parsed as T;
  };
  const duration = (name: SettingName) => read(name, durationMs, 'a duration such as 500ms, 90s, 5m or 2h, longer than zero and at most 8760h');

  const configuration: Configuration = {
    host: read('COORD_HOST', (value) => (/\s/.test(value) ? null : value), 'a host name or an IP address'),
    port: read('COORD_PORT', port, 'a port number from 0 to 65535', given('COORD_PORT') === null && given('PORT') !== null ? 'PORT' : 'COORD_PORT'),
    dataDir: dataDir(given('COORD_DATA_DIR'), given('XDG_DATA_HOME'), given('HOME')),
    databaseUrl:
      given('DATABASE_URL') && read('DATABASE_URL', postgresUrl, 'the URL of a Postgres database, such as postgres://user:password@host:5432/coord'),
    eventStoreUrl:
      given('EVENTSTORE_URL') &&
      read('EVENTSTORE_URL', esdbUrl, 'the connection string of an EventStoreDB, such as esdb://user:password@host:2113 or esdb+discover://…'),
    staleAfterMs: duration('COORD_STALE_AFTER'),
    idleAfterMs: duration('COORD_IDLE_AFTER'),
    lostAfterMs: duration('COORD_LOST_AFTER'),
    broadcastForMs: read('COORD_BROADCAST_DAYS', days, 'a number of days above 0 and at most 3650'),
    logLevel: read('COORD_LOG_LEVEL', (value) => LOG_LEVELS.find((level) => level === value) ?? null, `one of ${LOG_LEVELS.join(', ')}`),
  };
  const [idle, lost] = [given('COORD_IDLE_AFTER'), given('COORD_LOST_AFTER')];
  if (idle && lost && (durationMs(lost) ?? LONGEST_MS) < (durationMs(idle) ?? 0))
    mistakes.push(`COORD_LOST_AFTER (${lost}) must not be shorter than COORD_IDLE_AFTER (${idle}): a session is idle before it is lost.`);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return configuration;
}

/**
 * A sentence for each variable that is spelled almost like a setting and does nothing. The `coord` command and other parts read `COORD_…` of
 * their own, so a name that is like none of the settings is theirs.
 */
export function misspelt(env: Environment): string[] {
  const names: string[] = settings.map(({ name }) => name);
  const suspects = Object.keys(env).filter((name) => name.startsWith('COORD_') && !names.includes(name));
  return suspects.flatMap((name) => {
    const [nearest = ''] = [...names].sort((a, b) => distance(name, a) - distance(name, b));
    const isNear = distance(name, nearest) <= Math.floor(nearest.length / 5);
    return isNear ? [`${name} is no setting and does nothing; did you mean ${nearest}?`] : [];
  });
}

const port = (value: string): number | null => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? Number(value) : null);

const days = (value: string): number | null =>
  /^\d+(\.\d+)?$/.test(value) && Number(value) > 0 && Number(value) <= 3_650 ? Number(value) * DAY_MS : null;

const postgresUrl = (value: string): string | null => (/^postgres(ql)?:\/\/./.test(value) && URL.canParse(value) ? value : null);

const esdbUrl = (value: string): string | null => (/^esdb(\+discover)?:\/\/[^\s/?]/.test(value) ? value : null);

/** https://specifications.freedesktop.org/basedir-spec: a relative XDG_DATA_HOME is to be ignored. */
function dataDir(chosen: string | null, xdg: string | null, home: string | null): string {
  if (chosen) return resolve(chosen);
  return join(xdg && isAbsolute(xdg) ? xdg : join(home ?? homedir(), '.local', 'share'), 'coord');
}

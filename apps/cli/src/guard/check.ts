import { dirname, join } from 'node:path';
import { blockedLine } from '../hook/denial';
import type { Engine } from '../hook/engine';
import { identityOf } from '../hook/identity';
import { type Blocked, locksInTheWay } from '../hook/locks-in-the-way';
import { elsewhere, resourceIn } from '../hook/resources';
import { shellWord } from '../output/shell-word';
import { type Place, placeOf } from '../settings/place';
import type { GlobalFlags, Settings } from '../settings/settings';

/** A commit waits no longer than this for the engine. */
const PATIENCE_MS = 3_000;
const NAMED = 20;

/**
 * The locks of others on files of a work tree. However many files there are, the engine is asked for at most a few pages of locks.
 * @param files from the root of the work tree
 * @throws Error when the engine does not answer, Failure when the settings are broken.
 */
export async function lockedByOthers(files: readonly string[], root: string, flags: GlobalFlags): Promise<Blocked[]> {
  const here = placeOf(root, flags);
  const places = new Map<string, Place>();
  const placeOfFolder = (file: string): Place => {
    const folder = dirname(file);
    const place = places.get(folder) ?? elsewhere(file, flags);
    places.set(folder, place);
    return place;
  };
  const paths = files.map((file) => join(root, file));
  const resources = paths.map((path) => resourceIn(path, here, flags, placeOfFolder(path))).filter((resource) => resource !== null);
  if (resources.length === 0) return [];
  const engine: Engine = { url: here.settings.url, until: performance.now() + PATIENCE_MS };
  return locksInTheWay(engine, resources, ownSessions(here.settings));
}

/** Whoever commits, and where the settings do not say, the conversations whose tools tell their names to what they run. */
function ownSessions(settings: Settings, env: NodeJS.ProcessEnv = process.env): string[] {
  const conversations = [
    identityOf('claude', env.CLAUDE_CODE_SESSION_ID ?? null, settings),
    identityOf('codex', env.CODEX_THREAD_ID ?? null, settings),
  ];
  return [...new Set([settings.session_id, ...conversations.flatMap(({ own }) => own)])];
}

/** Why git is stopped. */
export function refusalText(blocked: readonly Blocked[], what: 'commit' | 'push'): string {
  const more = blocked.length > NAMED ? [`… and ${blocked.length - NAMED} more`] : [];
  const holder = blocked[0]?.lock.session_id ?? '';
  return [
    `coord guard: this ${what} changes what others have locked.`,
    ...blocked.slice(0, NAMED).map((one) => `  ${blockedLine(one)}`),
    ...more,
    `Leave these files out, ask the holder (coord msg send ${shellWord(holder)} "<subject>" "<body>"), or wait (coord lock wait).`,
    `If you are that session: COORD_SESSION_ID=${shellWord(holder)} git ${what} … To ${what} all the same: git ${what} --no-verify`,
  ].join('\n');
}

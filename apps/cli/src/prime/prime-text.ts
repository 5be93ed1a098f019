import { plainLine } from '../output/plain-text';
import type { Settings } from '../settings/settings';

/** Longer names are cut, so that the whole stays below 2 KB whatever they are. In bytes. */
const LONGEST_NAME = 110;
const ELLIPSIS = '…';

/** A name in one line, of at most LONGEST_NAME bytes. */
function shown(name: string): string {
  const line = plainLine(name);
  if (Buffer.byteLength(line) <= LONGEST_NAME) return line;
  let cut = '';
  let left = LONGEST_NAME - Buffer.byteLength(ELLIPSIS);
  for (const character of line) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    cut += character;
  }
  return `${cut}${ELLIPSIS}`;
}

/** What an agent should know, for its context. */
export function primeText({ session_id, project_key, url }: Pick<Settings, 'session_id' | 'project_key' | 'url'>): string {
  const project = project_key === null ? '<project>' : shown(project_key);
  const where =
    project_key === null ? 'No project is set: give --project KEY, or write {"project_key": "KEY"} to .coord.json.' : `Project: ${project}.`;
  return `# Coord: several agents work here; do not overwrite each other
You are session ${shown(session_id)}. ${where} Engine: ${shown(url)}.

Before you edit, claim; when you are done, release. A path locks all below it, a pattern what it matches.
- coord session start                           register; shows unread messages: repeat them to the user first
- coord status                                  who does what: locks, components, work, blockers
- coord lock claim ${project} <path> "<why>"    2 h unless --ttl HOURS; exit code 3: another session holds it, do something else or wait
- coord lock list                               what is locked, with ids
- coord lock release <id>                       as soon as you are done
- coord msg send <session|ALL> "<subject>" "<body>"   --body-file for long ones; coord msg inbox, coord msg read <id>
- coord work ready, coord work claim, coord work done <id>   the next item, and its end
- coord component set ${project} <component> <state>   building, deployed, …
- coord session heartbeat --action "<what>"     during long work; coord session end when you leave releases everything

Output is JSON in a pipe ({"schema_version": 1, "data": …}); --text for text. Exit codes: 0 ok, 1 failed, 2 usage, 3 lock conflict, 4 not allowed, 5 not found,
75 engine away and the write is queued: go on, it is sent later; it was not a grant, so a claim is not yours until coord lock list shows it.
More: coord --help, coord <command> --help. Trouble: coord doctor.
`;
}

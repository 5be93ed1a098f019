import type { EventStore } from '@coord/event-store/index';
import type { Projection } from './projection';
import { type RebuildProgress, rebuildTogether } from './rebuild';
import { verify } from './verify';

const PROGRESS_MS = 1_000;

export interface CommandOptions {
  store: EventStore;
  databaseUrl: string;
  /** All that there are. */
  projections: readonly Projection[];
  /** Names of those that are meant; none: all. */
  names: readonly string[];
  /** Takes a line of the answer. */
  print: (line: string) => void;
}

/** Rebuilds read models, all in one pass through the log. Returns the exit code: 0 done, 1 one of them failed, 2 an unknown name. */
export async function rebuildCommand(options: CommandOptions): Promise<number> {
  const projections = chosen(options);
  if (projections === null) return 2;
  const { print } = options;
  const onProgress = everySecond(({ position, head, eventsPerSecond }) =>
    print(`${position} of ${head}, ${Math.round(eventsPerSecond)} events/s through ${projections.length} read models`),
  );
  try {
    const results = await rebuildTogether({ ...options, projections, onProgress });
    for (const result of results) {
      if ('error' in result) print(`${result.name}: ${messageOf(result.error)}`);
      else
        print(`${result.name}: rebuilt from ${result.events} events up to position ${result.position} in ${(result.durationMs / 1000).toFixed(1)} s`);
    }
    return results.some((result) => 'error' in result) ? 1 : 0;
  } catch (error) {
    print(messageOf(error));
    return 1;
  }
}

/** Verifies read models, one after the other. Returns the exit code: 0 all are right, 1 one is not or failed, 2 an unknown name. */
export function verifyCommand(options: CommandOptions): Promise<number> {
  return forEach(options, async (projection) => {
    const { position, live, rebuilt, same } = await verify({ ...options, projection });
    options.print(`${projection.name}: ${live} at position ${position}, ${same ? 'as rebuilt' : `but rebuilt it is ${rebuilt}`}`);
    return same;
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Those that are meant; null, and says why, where a name is unknown. */
function chosen({ projections, names, print }: CommandOptions): Projection[] | null {
  const unknown = names.filter((name) => !projections.some((projection) => projection.name === name));
  if (unknown.length > 0) {
    print(`Unknown: ${unknown.join(', ')}. There are: ${projections.map(({ name }) => name).join(', ')}.`);
    return null;
  }
  return projections.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function forEach(options: CommandOptions, work: (projection: Projection) => Promise<boolean>): Promise<number> {
  const projections = chosen(options);
  if (projections === null) return 2;
  let failed = false;
  for (const projection of projections) {
    try {
      failed = !(await work(projection)) || failed;
    } catch (error) {
      options.print(`${projection.name}: ${messageOf(error)}`);
      failed = true;
    }
  }
  return failed ? 1 : 0;
}

function everySecond(tell: (progress: RebuildProgress) => void): (progress: RebuildProgress) => void {
  let last = performance.now();
  return (progress) => {
    if (performance.now() - last < PROGRESS_MS) return;
    last = performance.now();
    tell(progress);
  };
}

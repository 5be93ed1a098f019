import type { EventStore } from '@coord/event-store/index';
import type { Projection } from './projection';
import { type RebuildProgress, rebuild } from './rebuild';
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

/** Rebuilds read models, one after the other. Returns the exit code: 0 done, 1 one of them failed, 2 an unknown name. */
export function rebuildCommand(options: CommandOptions): Promise<number> {
  return forEach(options, async (projection) => {
    const onProgress = everySecond(({ position, head, eventsPerSecond }) =>
      options.print(`${projection.name}: ${position} of ${head}, ${Math.round(eventsPerSecond)} events/s`),
    );
    const { position, events, durationMs } = await rebuild({ ...options, projection, onProgress });
    options.print(`${projection.name}: rebuilt from ${events} events up to position ${position} in ${(durationMs / 1000).toFixed(1)} s`);
    return true;
  });
}

/** Verifies read models, one after the other. Returns the exit code: 0 all are right, 1 one is not or failed, 2 an unknown name. */
export function verifyCommand(options: CommandOptions): Promise<number> {
  return forEach(options, async (projection) => {
    const { position, live, rebuilt, same } = await verify({ ...options, projection });
    options.print(`${projection.name}: ${live} at position ${position}, ${same ? 'as rebuilt' : `but rebuilt it is ${rebuilt}`}`);
    return same;
  });
}

async function forEach({ projections, names, print }: CommandOptions, work: (projection: Projection) => Promise<boolean>): Promise<number> {
  const unknown = names.filter((name) => !projections.some((projection) => projection.name === name));
  if (unknown.length > 0) {
    print(`Unknown: ${unknown.join(', ')}. There are: ${projections.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  let failed = false;
  for (const projection of projections.filter(({ name }) => names.length === 0 || names.includes(name))) {
    try {
      failed = !(await work(projection)) || failed;
    } catch (error) {
      print(`${projection.name}: ${error instanceof Error ? error.message : String(error)}`);
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

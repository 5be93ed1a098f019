import { answered, CoordProblem, createClient, EngineAway } from '@coord/client/index';
import { span } from '../output/relative-time';
import { version } from '../version';
import { bad, type Check, ok, warn } from './check';

const DEADLINE_MS = 5_000;
/** Leases of locks are of minutes and hours; a clock that differs by less confuses nobody. */
const CLOCK_TOLERANCE_MS = 10_000;

/** Whether the engine answers, is well, is of our version, and has our time. */
export async function checkEngine(url: string): Promise<Check[]> {
  const client = createClient({ url, deadlineMs: DEADLINE_MS, patienceMs: 0 });
  const started = Date.now();
  try {
    const call = client.GET('/api/coord/health');
    const [health, { response }] = [await answered(call), await call];
    const took = Date.now() - started;
    return [
      ok('engine', `${url} answered in ${took} ms, database ${health.database}`),
      checkVersion(health.version),
      checkClock(Date.parse(response.headers.get('date') ?? ''), started + took / 2),
    ];
  } catch (error) {
    if (error instanceof EngineAway) return [bad('engine', `${url} does not answer (${error.reason})`, START)];
    if (error instanceof CoordProblem)
      return [bad('engine', `${url}: ${error.message}`, 'Look at its log; `coord server` and `npm start` print it.')];
    throw error;
  }
}

const START = 'Start it with `coord server`, or give the address of the one that runs: COORD_URL, or "url" in .coord.json.';

function checkVersion(theirs: string): Check {
  const ours = version();
  const [major, minor] = [ours, theirs].map((one) => one.split('.').slice(0, 2).join('.'));
  if (major === minor) return ok('version', theirs === ours ? ours : `engine ${theirs}, command ${ours}`);
  return warn(
    'version',
    `engine ${theirs}, command ${ours}`,
    'Bring both to the same version: npm install -g of the newer package, then restart the engine.',
  );
}

function checkClock(theirs: number, ours: number): Check {
  if (Number.isNaN(theirs)) return warn('clock', 'the engine did not say its time', 'Look whether something stands between it and this machine.');
  // The header counts whole seconds.
  const difference = Math.abs(theirs + 500 - ours);
  if (difference <= CLOCK_TOLERANCE_MS) return ok('clock', difference < 1_000 ? 'the same' : `differs by ${span(difference)}`);
  const way = theirs > ours ? 'ahead of' : 'behind';
  return warn(
    'clock',
    `the engine is ${span(difference)} ${way} this machine`,
    'Set both clocks (NTP): leases end by that of the engine, times here are shown by yours.',
  );
}

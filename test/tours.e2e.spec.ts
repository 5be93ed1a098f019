import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';

/** A block of the tour, with the answer that is shown below it. */
interface Step {
  script: string;
  shown: string | undefined;
}

const ADDRESS = 'http://127.0.0.1:8001';
const END_OF_STEP = '=== end of step ===';

const file = (path: string): string => readFileSync(join(__dirname, '..', path), 'utf8');
/** What a reader is invited to paste, block after block. */
const TOURS = [
  { name: 'the tour in the README', text: /^## A tour of five minutes$([\s\S]*?)^## /m.exec(file('README.md'))?.[1] ?? '', least: 11 },
  { name: "the audit of Friday's deploy", text: file('docs/audit.md'), least: 6 },
];

const stepsOf = (text: string): Step[] =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$(?:\n^```json\n([\s\S]*?)^```$)?/gm)].map(([, script = '', shown]) => ({ script, shown }));

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const SECONDS = /\b\d+ s\b/g;

/** What differs from run to run is compared by its kind. */
const timeless = (text: string): string => text.replaceAll(UUID, '<id>').replaceAll(TIME, '<time>').replaceAll(SECONDS, '<seconds>');

/** What was answered, reduced to what the README shows of it. */
function shownPart(answered: unknown, shown: unknown): unknown {
  if (Array.isArray(shown) && Array.isArray(answered)) return answered.map((item, i) => shownPart(item, shown[i]));
  if (isObject(shown) && isObject(answered)) return Object.fromEntries(Object.keys(shown).map((key) => [key, shownPart(answered[key], shown[key])]));
  return answered;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

describe.each(TOURS)('$name', ({ text: tour, least }) => {
  const steps = stepsOf(tour);
  let database: TestDatabase;
  let engine: Engine;
  let outputs: string[];

  beforeAll(async () => {
    database = await createDatabase();
    engine = await startEngine({ databaseUrl: database.url });
    const script = steps.map((step) => `${step.script}\necho '${END_OF_STEP}'\n`).join('');
    const bash = promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script.replaceAll(ADDRESS, engine.url)]);
    outputs = (await bash).stdout.split(`${END_OF_STEP}\n`).slice(0, -1);
  }, 60_000);

  afterAll(async () => {
    await stopEngines();
    await database.drop();
  });

  it('has steps, and all of them run', () => {
    expect(steps.length).toBeGreaterThanOrEqual(least);
    expect(outputs).toHaveLength(steps.length);
  });

  it('speaks of the address that the engine has by default', () => {
    expect(tour).toContain(ADDRESS);
  });

  it.each(steps.flatMap(({ script, shown }, i) => (shown === undefined ? [] : [{ command: script.trim().split('\n').at(-1), shown, i }])))(
    '$command: answers what is shown',
    ({ shown, i }) => {
      const expected: unknown = JSON.parse(timeless(shown));
      const answered: unknown = JSON.parse(timeless(outputs[i] ?? ''));
      expect(shownPart(answered, expected)).toEqual(expected);
    },
  );
});

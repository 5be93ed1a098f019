import type { EventStore } from '@coord/event-store/index';
import { ReadModels, rebuild } from '@coord/projection-runner/index';
import { dice } from '@projections/testing/dice';
import { SetClock } from '../../../../test/support/api';
import { createDatabase, type TestDatabase } from '../../../../test/support/database';
import { readConfiguration } from '../configuration';
import { projectionsOn } from '../engine/projections';
import { EVENT_STORE } from '../engine/tokens';
import { stop } from '../http/create-http';
import { type RunningEngine, startEngine } from '../start-engine';
import { Moments } from './moments';
import { type Known, learn, randomPause, randomQuestion, randomWrite } from './testing/random-run';

jest.setTimeout(120_000);
const ANSWERS = 200;
const SEED = 20_260_512;

let database: TestDatabase;
let engines: RunningEngine[] = [];
const clock = new SetClock();

const configuration = () => readConfiguration({ COORD_PORT: '0', COORD_LOG_LEVEL: 'silent', DATABASE_URL: database.url });
const start = () => startEngine(configuration(), database.url, { clock });
const stopAll = async () => {
  await Promise.all(engines.map(({ app }) => stop(app)));
  engines = [];
};

beforeAll(async () => {
  database = await createDatabase();
  engines = [await start(), await start()];
  // a database that is new has no tables before one of them leads
  await Promise.all([ask('/status', 0), ask('/status', 1)]);
});
afterAll(async () => {
  await stopAll();
  await database.drop();
});

const urlOf = (n: number): string => (engines[n % engines.length] as RunningEngine).url;

async function ask(path: string, n = 0): Promise<string> {
  const response = await fetch(`${urlOf(n)}/api/coord${path}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}: ${text}`);
  return text;
}

interface Remembered {
  path: string;
  at: string;
  text: string;
}

const known: Known = { locks: [], messages: [], workflows: [], items: [] };
const roll = dice(SEED);

async function write(n: number): Promise<void> {
  const step = randomWrite(roll, known);
  const response = await fetch(`${urlOf(n)}/api/coord${step.path}`, {
    method: step.method,
    headers: { 'content-type': 'application/json' },
    body: step.body && JSON.stringify(step.body),
  });
  const text = await response.text();
  if (response.status >= 500) throw new Error(`${step.method} ${step.path} was answered with ${response.status}: ${text}`);
  if (response.status === 201) learn(known, step, JSON.parse(text) as object);
}

/** Some writes at once, and some questions among them. */
async function turn(n: number, remembered: Remembered[]): Promise<void> {
  clock.advance(randomPause(roll));
  const writes = Array.from({ length: 1 + roll(4) }, (_, i) => write(n + i));
  const questions = Array.from({ length: roll(3) }, async (_, i) => {
    const path = randomQuestion(roll);
    const text = await ask(path, n + i);
    const at = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/.exec(text)?.[0];
    if (at === undefined) throw new Error('A board says when it is of.');
    remembered.push({ path, at, text });
  });
  await Promise.all([...writes, ...questions]);
}

const remembered: Remembered[] = [];

/** Each answer once more, by the moment that it named; or every second or so of them, where what was changed concerns all alike. */
async function askAgain(every = 1): Promise<void> {
  for (const [n, { path, at, text }] of remembered.entries()) {
    if (n % every > 0) continue;
    const again = await ask(`${path}&at=${encodeURIComponent(at)}`, n);
    if (again !== text)
      expect({ n, path, at, again: again.startsWith('{') ? (JSON.parse(again) as object) : again }).toEqual({
        n,
        path,
        at,
        again: text.startsWith('{') ? (JSON.parse(text) as object) : text,
      });
    expect(again).toBe(text);
  }
}

const store = (): EventStore => (engines[0] as RunningEngine).app.get<EventStore>(EVENT_STORE);

describe(`${ANSWERS} answers of a random run on two instances (seed ${SEED}) are given again to the byte`, () => {
  beforeAll(async () => {
    for (let n = 0; remembered.length < ANSWERS; n += 1) await turn(n, remembered);
  });

  test('by their own moments', () => askAgain());

  test('when more was written', async () => {
    for (let n = 0; n < 50; n += 1) await turn(n, []);
    await askAgain(2);
  });

  test('when the moments that say no more than their time are gone', async () => {
    const { app } = engines[0] as RunningEngine;
    const count = async () => Number((await app.get(ReadModels).sql`select count(*) as n from status.moments`)[0]?.n);
    // nothing that is under way is of an earlier time from here on
    clock.advance(60_000);
    const before = await count();
    await app.get(ReadModels).caughtUp();
    await app.get(Moments).tidy(0);
    expect(await count()).toBeLessThan(before);
    await askAgain(2);
    clock.advance(60_000);
    for (let n = 0; n < 20; n += 1) await turn(n, []);
    await askAgain(4);
  });

  test('when the engines were started anew', async () => {
    await stopAll();
    engines = [await start()];
    await askAgain(4);
  });

  test('when the board was rebuilt', async () => {
    const projection = projectionsOn(store(), configuration()).find(({ name }) => name === 'board');
    if (!projection) throw new Error('There is a board.');
    await rebuild({ store: store(), databaseUrl: database.url, projection });
    await askAgain(2);
  });
});

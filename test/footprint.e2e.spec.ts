import { existsSync } from 'node:fs';
import { call } from './support/calls';
import { startEngine, stopEngines } from './support/engine';
import { memoryOf } from './support/memory';

jest.setTimeout(60_000);
afterAll(stopEngines);

const EVENTS = 10_000;
const PER_CALL = 100;
const MOST_MB = 300;

(existsSync('/proc/self/smaps_rollup') ? test : test.skip)(
  'engine and Postgres together stay small while the log grows to 10,000 events',
  async () => {
    const { url, process } = await startEngine();
    for (let done = 0; done < EVENTS; done += PER_CALL) {
      const resources = Array.from({ length: PER_CALL }, (_, index) => `src/${done + index}.ts`);
      const claim = { project_key: `p-${done % 1_000}`, session_id: `agent-${done % 700}`, resources };
      expect((await call(url, 'POST', '/locks/batch', { body: claim })).status).toBe(201);
      if (done % 1_000 === 0) expect((await call(url, 'GET', '/status')).status).toBe(200);
    }
    const { body } = await call(url, 'GET', '//health');
    expect(Number(body.position)).toBeGreaterThanOrEqual(EVENTS);
    const memory = memoryOf(process.pid, process.dataDir ?? '');
    if (memory.pss >= MOST_MB) throw new Error(`They take ${memory.pss} MB: ${JSON.stringify(memory)}`);
  },
);

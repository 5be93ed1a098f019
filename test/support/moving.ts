import { call } from './calls';
import { type Engine, type EngineOptions, startEngine } from './engine';
import { writeAll } from './outages';
import { runScript } from './script';
import { until } from './until';

export const exported = async (url: string): Promise<string> => (await fetch(`${url}/api/coord/history/export`)).text();

/** The events in their order, without their places in this or that log. */
export const eventsOf = (log: string): object[] =>
  log
    .trimEnd()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), position: undefined }));

/** An engine with a past of some hundred events, none of which is followed by another with time. */
export async function withAPast(options: EngineOptions = {}): Promise<Engine> {
  const engine = await startEngine(options);
  for (let n = 0; n < 60; n += 1) await writeAll(engine.url, `part-${n % 7}-${n}`);
  return engine;
}

/** A new engine that has taken this log over, read models and all. */
export async function moved(log: string, options: EngineOptions): Promise<Engine> {
  const engine = await startEngine(options);
  const request = { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: log };
  const answer = await fetch(`${engine.url}/api/coord/admin/import`, request);
  expect([answer.status, await answer.json()]).toMatchObject([200, { events: eventsOf(log).length }]);
  await until('the read models have followed', async () => (await call(engine.url, 'GET', '/status')).status === 200, 30_000);
  return engine;
}

/** What `projections:verify` says: a line with the hash of each read model. */
export async function hashesOf(settings: Record<string, string>): Promise<string> {
  const { code, stdout } = await runScript('projections', ['verify'], settings);
  expect([code, stdout]).toEqual([0, expect.stringContaining('as rebuilt')]);
  return stdout;
}

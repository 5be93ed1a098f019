import { request } from 'node:http';
import { ReadModels, verify } from '@coord/projection-runner/index';
import { busyDay } from '@projections/testing/busy-day';
import { Api, type ApiAnswer, type Json } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';
import { Configuration } from '../configuration';
import { Housekeeping } from '../engine/housekeeping';
import { projectionsOn } from '../engine/projections';

const { events } = busyDay(700);
const NDJSON = events.map(({ position, stream, revision, id, type, data, metadata }) => ({ position, stream, revision, id, type, data, metadata }));
const textOf = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const TEXT = textOf(NDJSON);

const running: Api[] = [];
const start = async (): Promise<Api> => {
  const api = await Api.start();
  running.push(api);
  return api;
};
afterAll(() => Promise.all(running.map((api) => api.close())));

async function bring(api: Api, text: string, headers: Record<string, string> = { 'content-type': 'application/x-ndjson' }): Promise<ApiAnswer> {
  const response = await fetch(`${api.url}/api/coord/admin/import`, { method: 'POST', headers, body: text });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, text: answer, body: JSON.parse(answer) as Json };
}

/** Of every read model, and whether it is as the log says. */
async function hashes(api: Api): Promise<object[]> {
  await api.app.get(ReadModels).caughtUp({ timeoutMs: 10_000 });
  const databaseUrl = String(api.app.get(Configuration).databaseUrl);
  const found: object[] = [];
  for (const projection of projectionsOn(api.store, api.app.get(Configuration))) {
    const { name, position, live, same } = await verify({ store: api.store, databaseUrl, projection });
    found.push({ name, position, live, same });
  }
  return found;
}

/** The day leaves some things for the engine to finish. Afterwards it writes nothing by itself. */
async function settled(api: Api): Promise<void> {
  for (let before = -1, head = 0; head > before; ) {
    before = head;
    await api.app.get(Housekeeping).round();
    head = await api.store.head();
  }
}

test('an export brought into an empty engine is the same log, with the same read models', async () => {
  const [source, copy] = [await start(), await start()];
  expect(await bring(source, TEXT)).toMatchObject({ status: 200, body: { events: events.length, position: events.length } });
  await settled(source);
  const exported = await source.get('/history/export');
  const position = exported.headers.get('coord-position');
  expect(exported.text.slice(0, TEXT.length)).toBe(TEXT);
  const answer = await bring(copy, exported.text);
  expect([answer.status, answer.headers.get('coord-position')]).toEqual([200, position]);
  expect((await copy.get('/history/export')).text).toBe(exported.text);
  const [wanted, found] = [await hashes(source), await hashes(copy)];
  expect(found).toEqual(wanted);
  expect(found.filter((one) => !('same' in one && one.same))).toEqual([]);
});

describe('an import that is refused', () => {
  let api: Api;
  beforeAll(async () => {
    api = await start();
  });

  const [first, second] = NDJSON as [(typeof NDJSON)[0], (typeof NDJSON)[0]];
  test.each<[string, string, string]>([
    ['a line that is cut off', `${JSON.stringify(first)}\n${JSON.stringify(second).slice(0, -20)}`, 'line 2: must be a JSON object'],
    ['a line that is no object', `${JSON.stringify(first)}\n[]\n`, 'line 2: must be a JSON object'],
    ['a blank line', `\n${JSON.stringify(first)}\n`, 'line 1: must be a JSON object'],
    ['nothing', '', '(body): must hold an event'],
    ['a member that is missing', textOf([{ ...first, revision: undefined }]), 'line 1: revision must be a revision, from 0'],
    ['a member that is unknown', textOf([{ ...first, more: 1 }]), 'line 1: more is unknown to this version'],
    ['metadata without a time', textOf([{ ...first, metadata: { ...first.metadata, at: 'noon' } }]), 'line 1: metadata.at must be a time'],
    [
      'a time of another form',
      textOf([{ ...first, metadata: { ...first.metadata, at: '20260512T120000Z' } }]),
      'must be a time in UTC with milliseconds',
    ],
    ['NUL in the data', textOf([{ ...first, data: { deep: ['\0'] } }]), 'line 1: data must be an object'],
    [
      'data that do not fit their type',
      textOf([first, { ...second, data: { ...second.data, session_id: 7 } }]),
      `line 2: data.session_id of ${second.type} must be a string`,
    ],
    ['a type of a newer engine', textOf([first, { ...second, type: 'LockLent' }]), 'line 2: type LockLent is unknown to this version'],
    ['positions that do not ascend', textOf([second, first]), `line 2: position ${first.position} must be above ${second.position}`],
    ['the same event twice', textOf([first, { ...first, position: 9 }]), 'line 2: an event before it has the same id'],
    ['a stream with a hole', textOf([{ ...first, revision: 1 }]), 'line 1: revision 1 of the stream'],
  ])('names the line: %s', async (_, text, said) => {
    const answer = await bring(api, text);
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:coord:problem:invalid-request']);
    expect(answer.body.detail).toContain(said);
    expect((await api.get('/history/export')).text).toBe('');
  });

  test('of another media type: no page in a browser can send it by itself', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await bring(api, TEXT, { 'content-type': type });
      expect([answer.status, answer.body.detail]).toEqual([415, 'Send the body uncompressed, with the header Content-Type: application/x-ndjson.']);
    }
    expect((await bring(api, TEXT, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('an import whose sender goes away leaves nothing', async () => {
    const sending = request(`${api.url}/api/coord/admin/import`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' } });
    sending.on('error', () => undefined);
    sending.write(TEXT.slice(0, TEXT.length >> 1));
    sending.flushHeaders();
    await until('it is under way', async () => (await restoring(api)) > 0);
    sending.destroy();
    await until('it has ended', async () => (await restoring(api)) === 0);
    expect(await api.store.head()).toBe(0);
    expect((await bring(api, TEXT)).status).toBe(200);
  });

  test('into a store that is not empty', async () => {
    expect(await bring(api, TEXT)).toMatchObject({
      status: 409,
      body: { type: 'urn:coord:problem:store-not-empty', detail: expect.stringContaining(`${events.length} events`) as string },
    });
  });
});

async function restoring(api: Api): Promise<number> {
  const [row] = await api.app.get(ReadModels).sql<{ count: number }[]>`
    select count(*)::int from pg_stat_activity where datname = current_database() and application_name like '%restores'`;
  return row?.count ?? 0;
}

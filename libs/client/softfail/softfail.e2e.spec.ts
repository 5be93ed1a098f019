import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, listOf } from '../../../test/support/api';
import { type CoordClient, createClient } from '../client';
import { EngineAway } from '../problem';
import type { DrainReport } from './drain';
import { linesOf, parseLine } from './line';
import type { QueueOptions } from './options';
import { UNQUEUED } from './queueable';
import { Queued, QueueUnusable } from './queued';
import { StandIn } from './testing/stand-in';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

let api: Api;
let file: string;
let reports: DrainReport[];
beforeAll(async () => {
  api = await Api.start();
});
beforeEach(async () => {
  file = join(await temporaryFolder(), 'coord-queue.jsonl');
  reports = [];
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

function clientAt(url: string, more: QueueOptions = {}): CoordClient {
  return createClient({ url, patienceMs: 100, queue: { file, onDrained: (report) => reports.push(report), ...more } });
}
const message = (client: CoordClient, from_session: string, subject: string): Promise<unknown> =>
  client.POST('/api/coord/messages', { body: { from_session, to_session: 'B', subject, body: 'x' } });
const waiting = (): string[] => (existsSync(file) ? linesOf(readFileSync(file, 'utf8')) : []);
const subjects = async (from_session: string): Promise<unknown[]> =>
  listOf((await api.get(`/history?session_id=${from_session}&type=MessageSent`)).body).map(({ data }) => data?.subject);

test('a write without an answer waits, and the next read that is answered sends it', async () => {
  const A = api.name('A');
  await expect(message(clientAt(NOWHERE), A, 'one')).rejects.toThrow(Queued);
  expect(waiting().map((line) => parseLine(line).line)).toMatchObject([{ method: 'POST', path: '/api/coord/messages', body: { from_session: A } }]);
  await clientAt(api.url).GET('/api/coord/status');
  expect(await subjects(A)).toEqual(['one']);
  expect(waiting()).toEqual([]);
  expect(reports).toMatchObject([{ sent: [{ status: 201 }], refused: [], left: 0 }]);
});

test('a write does not overtake what waits', async () => {
  const A = api.name('A');
  await expect(message(clientAt(NOWHERE), A, 'one')).rejects.toThrow(Queued);
  await expect(message(clientAt(NOWHERE), A, 'two')).rejects.toThrow('1 wait before it');
  await message(clientAt(api.url), A, 'three');
  expect(await subjects(A)).toEqual(['one', 'two', 'three']);
});

test('a call that may not send what waits goes behind it', async () => {
  const A = api.name('A');
  await expect(message(clientAt(NOWHERE), A, 'one')).rejects.toThrow(Queued);
  await expect(message(clientAt(api.url, { drainMs: 0 }), A, 'two')).rejects.toThrow(Queued);
  await clientAt(api.url, { drainMs: 0 }).GET('/api/coord/status');
  expect(await subjects(A)).toEqual([]);
  await clientAt(api.url, { drainLines: 1 }).GET('/api/coord/status');
  expect(await subjects(A)).toEqual(['one']);
  await expect(message(clientAt(api.url, { drainLines: 1 }), A, 'three')).resolves.toMatchObject({ data: { subject: 'three' } });
  expect(await subjects(A)).toEqual(['one', 'two', 'three']);
});

test('a call whose point is its answer does not wait', async () => {
  const client = clientAt(NOWHERE);
  await expect(client.POST('/api/coord/work-items/claim', { body: { session_id: 'A', project_key: 'p' } })).rejects.toThrow(EngineAway);
  const body = { from_session: 'A', subject: 's', body: 'x' };
  await expect(client.POST('/api/coord/messages', { ...UNQUEUED, body })).rejects.toThrow(EngineAway);
  expect(waiting()).toEqual([]);
});

test('a queue that can not be written says so', async () => {
  await expect(message(clientAt(NOWHERE, { file: '/dev/null/coord-queue.jsonl' }), 'A', 'one')).rejects.toThrow(QueueUnusable);
});

test('broken lines and refused ones go beside the queue and stop nothing; lines of old clients are sent', async () => {
  const A = api.name('A');
  const line = (subject: string, more: object = {}): string =>
    JSON.stringify({
      ts: '2026-05-12T15:30:00Z',
      method: 'POST',
      path: '/api/coord/messages',
      body: { from_session: A, subject, body: 'x', ...more },
    });
  // The last one is complete although its line is not ended.
  writeFileSync(file, [line('one'), '{"ts":"2026-05-12T15', line('two', { type: 'song' }), line('three'), line('three')].join('\n'));
  await clientAt(api.url).GET('/api/coord/status');
  expect(await subjects(A)).toEqual(['one', 'three', 'three']);
  const refused = linesOf(readFileSync(file.replace('.jsonl', '.rejected.jsonl'), 'utf8')).map((text) => JSON.parse(text) as unknown);
  expect(refused).toMatchObject([
    { status: null, problem: { title: 'Broken line' }, line: '{"ts":"2026-05-12T15' },
    { status: 422, problem: { type: 'urn:coord:problem:invalid-request' }, line: { body: { subject: 'two' } } },
  ]);
  expect(reports[0]?.refused).toEqual(refused);
  expect(existsSync(file)).toBe(false);
});

test('a refusal that a process could not end is ended by the next, and the line not sent again', async () => {
  const A = api.name('A');
  const raw = JSON.stringify({
    ts: '',
    method: 'POST',
    path: '/api/coord/messages',
    body: { from_session: A, subject: 's', body: 'x' },
    idempotency_key: 'k',
  });
  const refusal = {
    rejected_at: '2026-05-12T15:30:00.000Z',
    status: 409,
    problem: { type: 'about:blank', title: 't', status: 409, detail: 'd' },
    line: JSON.parse(raw) as object,
  };
  writeFileSync(file, `${raw}\n`);
  writeFileSync(file.replace('.jsonl', '.refusal'), JSON.stringify({ raw, refusal }));
  await clientAt(api.url).GET('/api/coord/status');
  expect(await subjects(A)).toEqual([]);
  expect(readFileSync(file.replace('.jsonl', '.rejected.jsonl'), 'utf8')).toBe(`${JSON.stringify(refusal)}\n`);
  expect(reports).toMatchObject([{ sent: [], refused: [refusal], left: 0 }]);
});

describe('with a server in the place of the engine', () => {
  let standIn: StandIn;
  beforeEach(async () => {
    standIn = await StandIn.start();
  });
  afterEach(() => standIn.stop());

  test('503 with Retry-After is tried once more, and then the write waits', async () => {
    standIn.answer = () => ({ status: 503, headers: { 'retry-after': '0' } });
    await expect(message(clientAt(standIn.url), 'A', 'one')).rejects.toThrow('answered with 503');
    expect(standIn.calls).toHaveLength(2);
    expect(waiting()).toHaveLength(1);
  });

  test('a line goes under the key of the first attempt and with the time that was meant', async () => {
    standIn.answer = () => ({ status: 500 });
    await expect(message(clientAt(standIn.url), 'A', 'one')).rejects.toThrow(Queued);
    standIn.answer = () => ({ status: 201 });
    await clientAt(standIn.url).GET('/api/coord/status');
    const [first, , again] = standIn.calls;
    expect(again).toMatchObject({ method: 'POST', path: '/api/coord/messages', text: first?.text });
    expect(again?.headers).toMatchObject({
      'idempotency-key': first?.headers['idempotency-key'],
      'coord-intended-at': expect.stringMatching(/^20.*Z$/) as string,
    });
  });

  test.each([
    ['500', { status: 500 }],
    ['429', { status: 429 }],
    ['a page', { status: 404, headers: { 'content-type': 'text/html' } }],
    ['a redirect', { status: 302, headers: { location: '/' } }],
  ])('%s keeps the line and those after it', async (_, answer) => {
    for (const subject of ['one', 'two', 'three']) await expect(message(clientAt(NOWHERE), 'A', subject)).rejects.toThrow(Queued);
    standIn.answer = ({ text }) => (text.includes('two') ? answer : { status: 201 });
    await clientAt(standIn.url).GET('/api/coord/status');
    expect(waiting().map((line) => (parseLine(line).line as { body: { subject: string } }).body.subject)).toEqual(['two', 'three']);
    expect(reports).toMatchObject([{ sent: [{}], left: 2, stopped: expect.any(String) as string }]);
  });

  test('the key of an old client’s line is in the file before the line is sent', async () => {
    writeFileSync(file, '{"ts":"t","method":"POST","path":"/api/coord/messages","body":"{\\"a\\":1}"}\n'.repeat(2));
    const atTheTime: string[] = [];
    standIn.answer = ({ text }) => {
      if (text !== '') atTheTime.push(readFileSync(file, 'utf8'));
      return { status: text === '' ? 200 : 500 };
    };
    for (const _ of [1, 2]) await clientAt(standIn.url).GET('/api/coord/status');
    const [first, second] = standIn.calls.filter(({ text }) => text === '{"a":1}');
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(atTheTime[0]).toContain(first?.headers['idempotency-key']);
    expect(new Set(waiting()).size).toBe(2);
  });

  test('what an old client adds while others send is sent, too', async () => {
    const old = (n: number): string => `{"ts":"t","method":"POST","path":"/api/coord/messages","body":{"n":${n}}}\n`;
    writeFileSync(file, old(0));
    standIn.answer = ({ text }) => {
      const { n } = JSON.parse(text || '{"n":9}') as { n: number };
      if (n < 5) appendFileSync(file, old(n + 1));
      return { status: 200 };
    };
    await clientAt(standIn.url).GET('/api/coord/status');
    expect(standIn.calls.slice(1).map(({ text }) => text)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `{"n":${n}}`));
    expect(existsSync(file)).toBe(false);
  });

  test('two that send at once send each line once, in order', async () => {
    for (let n = 0; n < 10; n++) await expect(message(clientAt(NOWHERE), 'A', `n${n}.`)).rejects.toThrow(Queued);
    standIn.answer = () => ({ status: 201 });
    await Promise.all([
      message(clientAt(standIn.url), 'A', 'n10.'),
      message(clientAt(standIn.url), 'B', 'n10.'),
      clientAt(standIn.url).GET('/api/coord/status'),
    ]);
    const sent = standIn.calls.filter(({ method }) => method === 'POST').map(({ text }) => Number(/n(\d+)\./.exec(text)?.[1]));
    expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
  });
});

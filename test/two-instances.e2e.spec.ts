import { randomUUID } from 'node:crypto';
import { call, listAll } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';
import { until } from './support/until';

jest.setTimeout(60_000);
const ROUNDS = 50;
/** A leader that was killed is missed at once; the protocol's second for `LockExpired` begins then. */
const TAKE_OVER_MS = 8_000;
const ONE_SECOND = 1 / 3_600;

let database: TestDatabase;
let engines: [Engine, Engine];

beforeAll(async () => {
  database = await createDatabase();
  const first = await startEngine({ databaseUrl: database.url, env: { COORD_LOG_LEVEL: 'info' } });
  engines = [first, await startEngine({ databaseUrl: database.url, env: { COORD_LOG_LEVEL: 'info' } })];
});

afterAll(async () => {
  await stopEngines();
  await database.drop();
});

/** The instance that writes in this round, and the one that reads. */
const turn = (round: number): [string, string] => {
  const urls: [string, string] = [engines[0].url, engines[1].url];
  return round % 2 === 0 ? urls : [urls[1], urls[0]];
};

const claim = (session_id: string, resource: string, more: object = {}) => ({ body: { project_key: 'p', session_id, resource, ...more } });

describe('two instances on one database', () => {
  test('grant a resource that is claimed from both at once to one of them', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [a, b] = turn(round);
      const answers = await Promise.all([
        call(a, 'POST', '/locks', claim('A', `raced/${round}`)),
        call(b, 'POST', '/locks', claim('B', `raced/${round}`)),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      const [won, lost] = answers[0].status === 201 ? answers : [answers[1], answers[0]];
      expect(lost.body.holder).toMatchObject({ id: won.body.id, fence: won.body.fence });
    }
    const fences = (await listAll<{ data: { fence: number } }>(engines[0].url, '/history?project_key=p&type=LockClaimed')).map(
      ({ data }) => data.fence,
    );
    expect(fences).toEqual(Array.from({ length: ROUNDS }, (_, index) => index + 1));
  });

  test('show at once what was written on the other', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [a, b] = turn(round);
      const [project, reader] = [`project-${round}`, `reader-${round}`];
      const { body: lock } = await call(a, 'POST', '/locks', claim('A', 'src', { project_key: project }));
      expect((await call<object[]>(b, 'GET', `/locks?project_key=${project}`)).body).toMatchObject([{ id: lock.id }]);

      const { body: message } = await call(a, 'POST', '/messages', { body: { from_session: 'A', to_session: reader, subject: 's', body: 'b' } });
      expect((await call<object[]>(b, 'GET', `/messages?to_session=${reader}&unread_only=true`)).body).toMatchObject([{ id: message.id }]);

      await call(a, 'PUT', `/components/${project}/server`, { body: { state: `built-${round}`, updated_by: 'A' } });
      expect((await call(b, 'GET', `/status?project_key=${project}`)).body).toMatchObject({
        locks: [{ id: lock.id }],
        components: [{ state: `built-${round}` }],
      });
    }
  });

  test('end the wait for a message that was sent on the other', async () => {
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = turn(round);
      const reader = `waiting-${round}`;
      const waiting = call<object[]>(b, 'GET', `/messages?to_session=${reader}&unread_only=true&wait=25`);
      const { body: message } = await call(a, 'POST', '/messages', { body: { from_session: 'A', to_session: reader, subject: 's', body: 'b' } });
      expect((await waiting).body).toMatchObject([{ id: message.id }]);
    }
  });

  test('give the same answer to a key, and write once', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [a, b] = turn(0);
    const first = await call(a, 'POST', '/locks', { ...claim('A', 'keyed'), headers });
    const second = await call(b, 'POST', '/locks', { ...claim('A', 'keyed'), headers });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(await listAll(b, '/history?project_key=p&resource=keyed')).toHaveLength(1);
  });

  test('give sessions that come without a name in the same second a name each', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => call(turn(i)[0], 'POST', '/sessions', { body: {} })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.session_id)).size).toBe(50);
  });

  test('put on record that a session is there again, which had ended on the other', async () => {
    const [a, b] = turn(0);
    await call(a, 'POST', '/locks', claim('back', 'back/a'));
    await call(b, 'POST', '/locks', claim('back', 'back/b'));
    expect((await call(a, 'POST', '/sessions/back/end')).status).toBe(200);
    expect((await call<object[]>(b, 'GET', '/locks?session_id=back')).body).toEqual([]);
    await call(b, 'POST', '/locks', claim('back', 'back/c'));
    expect((await call(a, 'GET', '/sessions/back')).body).toMatchObject({ status: 'active', ended_at: null, locks: [{ resource: 'back/c' }] });
    await until('it is on record', async () => (await listAll(b, '/history?stream=session-back&type=SessionResumed')).length === 1);
  });

  test('put on record what runs out, also when the one that leads is killed', async () => {
    const leader = engines.findIndex(({ process }) => process.stdout.includes('"This instance leads"'));
    const [leads, follows] = leader === 0 ? engines : [engines[1], engines[0]];
    await call(follows.url, 'POST', '/locks', claim('A', 'short', { ttl_hours: ONE_SECOND }));
    await leads.process.kill('SIGKILL');
    await until('it was on record', async () => (await expiries(follows.url)).length === 1, TAKE_OVER_MS);
    expect((await call(follows.url, 'GET', '/locks?project_key=p&resource=short')).body).toEqual([]);
  });
});

/** Empty also while the read models have nobody who leads them. */
async function expiries(url: string): Promise<unknown[]> {
  const answer = await call<{ items: unknown[] }>(url, 'GET', '/history?project_key=p&type=LockExpired&limit=10');
  return answer.status === 200 ? answer.body.items : [];
}

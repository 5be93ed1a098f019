// The board and an inbox, at a short and at a long history of the same kind: what is live stays the same.
import { Connection } from './connection.mjs';
import { expectStatus, load } from './load.mjs';

const PROJECT = 'reads';
const SESSIONS = 8;

/** Adds `events` events: locks come and go, components change, messages are sent and read; 20 locks and 10 unread messages stay. */
export async function fill(url, events) {
  const writers = await Promise.all(Array.from({ length: 16 }, () => Connection.open(url)));
  let written = 0;
  await Promise.all(
    writers.map(async (connection, writer) => {
      for (let i = 0; written < events; i += 1) {
        const session = `FILL/${writer % SESSIONS}`;
        const lock = expectStatus(
          await connection.request('POST', '/locks', { project_key: PROJECT, session_id: session, resource: `fill/${writer}/${i}` }),
          201,
        );
        expectStatus(await connection.request('DELETE', `/locks/${JSON.parse(lock.text).id}?session_id=${session}`), 200);
        const component = { project_key: PROJECT, component: `c${writer}`, state: `s${i}`, updated_by: session };
        expectStatus(await connection.request('PUT', '/components', component), 200);
        const to = `FILL/${(writer + 1) % SESSIONS}`;
        const message = { from_session: session, to_session: to, project_key: PROJECT, subject: `Message ${i}`, body: 'Read me.' };
        const sent = expectStatus(await connection.request('POST', '/messages', message), 201);
        expectStatus(await connection.request('PUT', `/messages/${JSON.parse(sent.text).id}/read`, { session_id: to }), 200);
        written += 5;
      }
    }),
  );
  for (const connection of writers) connection.close();
}

export async function standing(url) {
  const connection = await Connection.open(url);
  for (let i = 0; i < 20; i += 1) {
    expectStatus(await connection.request('POST', '/locks', { project_key: PROJECT, session_id: 'STAY/holder', resource: `stay/${i}` }), 201);
  }
  for (let i = 0; i < 10; i += 1) {
    const message = { from_session: 'STAY/sender', to_session: 'STAY/reader', project_key: PROJECT, subject: `Unread ${i}`, body: 'For later.' };
    expectStatus(await connection.request('POST', '/messages', message), 201);
  }
  connection.close();
}

/** Rows of `[name, summary]`. */
export async function* readBenchmarks(url, seconds, clients) {
  const get = (path) => async (connection) => expectStatus(await connection.request('GET', path), 200);
  const warmUp = seconds;
  yield ['GET /status of a project', await load({ url, clients, seconds, warmUp, operation: get(`/status?project_key=${PROJECT}`) })];
  const inbox = get('/messages?to_session=STAY/reader&unread_only=true');
  yield ['GET an inbox, unread', await load({ url, clients, seconds, warmUp, operation: inbox })];
}

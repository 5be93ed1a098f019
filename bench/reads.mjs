// The board, an inbox, the list of what is ready and boards of the past, at histories of any length: what is live stays the same.
import { Connection } from './connection.mjs';
import { expectStatus, load } from './load.mjs';

const PROJECT = 'reads';

/** 20 locks, 10 unread messages and as many broadcasts that nobody has read, and 30 work items that are ready. */
export async function standing(url) {
  const connection = await Connection.open(url);
  for (let i = 0; i < 20; i += 1) {
    expectStatus(await connection.request('POST', '/locks', { project_key: PROJECT, session_id: 'STAY/holder', resource: `stay/${i}` }), 201);
  }
  for (let i = 0; i < 10; i += 1) {
    const message = { from_session: 'STAY/sender', to_session: 'STAY/reader', project_key: PROJECT, subject: `Unread ${i}`, body: 'For later.' };
    expectStatus(await connection.request('POST', '/messages', message), 201);
    expectStatus(await connection.request('POST', '/messages', { ...message, to_session: 'ALL_SESSIONS' }), 201);
  }
  const workflow = { project_key: PROJECT, name: 'Standing', created_by: 'STAY/holder' };
  const { id } = JSON.parse(expectStatus(await connection.request('POST', '/workflows', workflow), 201).text);
  for (let i = 0; i < 30; i += 1) {
    const item = { workflow_id: id, project_key: PROJECT, title: `Ready ${i}`, priority: i % 5 };
    expectStatus(await connection.request('POST', '/work-items', item), 201);
  }
  connection.close();
}

/** Rows of `[name, summary]`; `head` is the end of the log. */
export async function* readBenchmarks(url, seconds, clients, head) {
  const get = (path) => async (connection) => expectStatus(await connection.request('GET', path()), 200);
  const warmUp = seconds;
  const measured = (path) => load({ url, clients, seconds, warmUp, operation: get(path) });
  yield ['GET /status of a project', await measured(() => `/status?project_key=${PROJECT}`)];
  yield ['GET an inbox, unread', await measured(() => '/messages?to_session=STAY/reader&unread_only=true')];
  yield ['GET /work-items?ready=true', await measured(() => `/work-items?ready=true&project_key=${PROJECT}`)];
  yield ['GET /status?at= anywhere', await measured(() => `/status?project_key=${PROJECT}&at=${1 + Math.floor(Math.random() * head)}`)];
}

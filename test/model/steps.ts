import assert from 'node:assert/strict';
import type { Api, Json } from '../support/api';
import { idsOf, listOf } from '../support/api';
import type { Command } from './commands';
import { SESSIONS } from './commands';
import type { HeldLock, World } from './world';

export interface Scene {
  api: Api;
  world: World;
  project: string;
  workflow: string;
  name(session: number): string;
}

type Step<Do extends Command['do']> = (scene: Scene, command: Command & { do: Do }) => Promise<void>;

const pick = <T>(all: readonly T[], of: number): T | undefined => all[of % Math.max(1, all.length)];

async function answered(api: Api, status: number, method: string, path: string, body?: object): Promise<Json> {
  const answer = await api.call(method, path, { body });
  assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)} was answered with ${answer.text}`);
  return answer.body;
}

const claim: Step<'claim'> = async ({ api, world, project, name }, { by, resource, mode, minutes }) => {
  const holder = name(by);
  const conflicts = world.inTheWay(holder, resource, mode);
  const own = world.live().find((lock) => lock.holder === holder && lock.resource === resource);
  const body = { project_key: project, session_id: holder, resource, mode, ttl_hours: minutes / 60 };
  const lock = await answered(api, conflicts.length > 0 ? 409 : own ? 200 : 201, 'POST', '/locks', body);
  world.sign(holder);
  if (conflicts.length > 0) {
    assert.deepEqual(idsOf(lock.conflicts).toSorted(), conflicts.map(({ id }) => id).toSorted(), 'who is in the way');
    return;
  }
  const terms = { mode, minutes, expiresAt: world.expiry(minutes) };
  if (own) {
    assert.equal(lock.id, own.id, 'the lock that is renewed');
    Object.assign(own, terms);
    return;
  }
  const fence = Number(lock.fence);
  assert.ok(fence > world.highestFence, `a fence above ${world.highestFence}, not ${fence}`);
  world.highestFence = fence;
  world.locks.push({ id: String(lock.id), holder, resource, fence, ended: false, ...terms });
};

/** The lock that is meant and who asks; nothing where there is no lock yet. */
const about = ({ world, name }: Scene, { by, of }: { by: number; of: number }): [HeldLock, string] | null => {
  const lock = pick(world.locks, of);
  return lock ? [lock, name(by)] : null;
};

const renew: Step<'renew'> = async (scene, command) => {
  const [lock, session_id] = about(scene, command) ?? [];
  if (!lock || session_id === undefined) return;
  const { api, world } = scene;
  const status = !world.isLive(lock) ? 409 : lock.holder === session_id ? 200 : 403;
  await answered(api, status, 'POST', `/locks/${lock.id}/renew`, { session_id });
  world.sign(session_id);
  if (status === 200) lock.expiresAt = world.expiry(lock.minutes);
};

const release: Step<'release'> = async (scene, command) => {
  const [lock, session_id] = about(scene, command) ?? [];
  if (!lock || session_id === undefined) return;
  const { api, world } = scene;
  const refused = world.isLive(lock) && lock.holder !== session_id && !world.isStale(lock);
  await answered(api, refused ? 403 : 200, 'DELETE', `/locks/${lock.id}`, { session_id });
  world.sign(session_id);
  if (!refused) lock.ended = true;
};

const breakLock: Step<'break'> = async (scene, command) => {
  const [lock, session_id] = about(scene, command) ?? [];
  if (!lock || session_id === undefined) return;
  await answered(scene.api, 200, 'POST', `/locks/${lock.id}/break`, { session_id, reason: 'override' });
  scene.world.sign(session_id);
  lock.ended = true;
};

const verify: Step<'verify'> = async (scene, command) => {
  const [lock, session_id] = about(scene, command) ?? [];
  if (!lock || session_id === undefined) return;
  const { api, world, project } = scene;
  const valid = world.isLive(lock) && lock.holder === session_id;
  const body = { project_key: project, resource: lock.resource, session_id, fence: lock.fence };
  await answered(api, valid ? 200 : 412, 'POST', '/locks/verify', body);
  world.sign(session_id);
};

const send: Step<'send'> = async ({ api, world, project, name }, { by, to }) => {
  const [from, addressee] = [name(by), to === null ? null : name(to)];
  const body = { from_session: from, to_session: addressee, project_key: project, subject: 's', body: 'b' };
  const { id } = await answered(api, 201, 'POST', '/messages', body);
  world.sign(from);
  world.messages.push({ id: String(id), from, to: addressee, readBy: new Set() });
};

const read: Step<'read' | 'ack'> = async ({ api, world, name }, { do: what, by, of }) => {
  const message = pick(world.messages, of);
  if (!message) return;
  await answered(api, 200, 'PUT', `/messages/${message.id}/${what}`, { session_id: name(by) });
  world.sign(name(by));
  message.readBy.add(name(by));
};

const addItem: Step<'add item'> = async ({ api, world, project, workflow }, { priority, after }) => {
  const before = [...new Set(after.flatMap((of) => pick(world.items, of) ?? []))];
  const body = { workflow_id: workflow, project_key: project, title: 't', priority, depends_on: before.map(({ id }) => id) };
  const { id } = await answered(api, 201, 'POST', '/work-items', body);
  world.items.push({ id: String(id), priority, after: before, status: 'pending', assignee: null });
};

const setStatus: Step<'set status'> = async ({ api, world }, { of, status }) => {
  const item = pick(world.items, of);
  if (!item) return;
  await answered(api, 200, 'PATCH', `/work-items/${item.id}`, { status });
  item.status = status;
};

const claimNext: Step<'claim next'> = async ({ api, world, project, name }, { by }) => {
  const best = world.ready().find(({ assignee }) => assignee === null);
  const body = { session_id: name(by), project_key: project };
  const item = await answered(api, best ? 200 : 204, 'POST', '/work-items/claim', body);
  world.sign(name(by));
  if (!best) return;
  assert.equal(item.id, best.id, 'the best ready item');
  Object.assign(best, { status: 'in_progress', assignee: name(by) });
};

const addTodo: Step<'add todo'> = async ({ api, world, project }) => {
  const { id } = await answered(api, 201, 'POST', '/todos', { text: 't', project_key: project });
  world.todos.push({ id: String(id), done: false });
};

const settleTodo: Step<'finish todo' | 'reopen todo'> = async ({ api, world, name }, { do: what, by, of }) => {
  const todo = pick(world.todos, of);
  if (!todo) return;
  const done = what === 'finish todo';
  await answered(api, 200, 'PUT', `/todos/${todo.id}/${done ? 'done' : 'reopen'}`, done ? { completed_by: name(by) } : undefined);
  if (done) world.sign(name(by));
  todo.done = done;
};

const end: Step<'end'> = async ({ api, world, name }, { by }) => {
  if (!world.hasWritten(name(by))) return;
  await answered(api, 200, 'POST', `/sessions/${encodeURIComponent(name(by))}/end`);
  world.end(name(by));
};

const wait: Step<'wait'> = async ({ api, world }, { minutes }) => {
  api.clock.advance(minutes * 60_000);
  world.now = api.clock.now();
};

/** Everything that can be looked at is as the model has it. */
export const look = async ({ api, world, project, name }: Scene): Promise<void> => {
  const list = async (path: string) => listOf(await answered(api, 200, 'GET', path));
  const [locks, ready, todos] = await Promise.all([
    list(`/locks?project_key=${project}`),
    list(`/work-items?project_key=${project}&ready=true`),
    list(`/todos?project_key=${project}`),
  ]);
  assert.deepEqual(
    locks.map(({ id, session_id, mode, fence, stale }) => [id, session_id, mode, fence, stale]),
    world.live().map((lock) => [lock.id, lock.holder, lock.mode, lock.fence, world.isStale(lock)]),
    'the locks',
  );
  assert.deepEqual(
    ready.map(({ id }) => id),
    world.ready().map(({ id }) => id),
    'what is ready',
  );
  assert.deepEqual(
    todos.map(({ id }) => id),
    world.todos.filter(({ done }) => !done).map(({ id }) => id),
    'the open todos',
  );
  const inboxes = await Promise.all(
    Array.from({ length: SESSIONS }, (_, i) => list(`/messages?project_key=${project}&unread_only=true&to_session=${encodeURIComponent(name(i))}`)),
  );
  for (const [i, inbox] of inboxes.entries())
    assert.deepEqual(
      inbox.map(({ id }) => id),
      world.unreadOf(name(i)).map(({ id }) => id),
      `what ${name(i)} has unread`,
    );
};

const STEPS: { [Do in Command['do']]: Step<Do> } = {
  ...{ claim, renew, release, verify, break: breakLock, send, read, ack: read, 'add item': addItem, 'set status': setStatus },
  ...{ 'claim next': claimNext, 'add todo': addTodo, 'finish todo': settleTodo, 'reopen todo': settleTodo, end, wait, look },
};

/** @throws AssertionError where the engine answers otherwise than the model. */
export const step = (scene: Scene, command: Command): Promise<void> => (STEPS[command.do] as Step<never>)(scene, command as never);

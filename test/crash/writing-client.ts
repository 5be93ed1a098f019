import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../support/calls';
import type { Random } from './random';
import { type Hold, type Kind, type Operation, type Try, verdictOf } from './record';

export const PROJECT = 'crash';
/** Some overlap others. */
const CONTENDED = ['src/a.ts', 'src/*.ts', 'src', 'src/b/**', 'src/b/c.ts', 'db:schema:users', 'docs/[a-m]*.md', 'docs/intro.md'];
/** 1.4 s, so that some leases run out under the test. */
const SHORT_TTL_HOURS = 0.0004;
const LONGEST_PAUSE_MS = 30;
/** Before the next try where there was no answer or an outage. */
const BACK_OFF_MS = 100;
const TRIES_AFTER_THE_END = 50;
const UNANSWERED_MS = 8_000;
const HELD_AT_MOST = 6;

type Body = Record<string, unknown>;
interface Asked {
  kind: Kind;
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body: Body;
}

/** Works as an agent would, one call after the other, and writes down what it was told. */
export class WritingClient {
  readonly operations: Operation[] = [];
  readonly holds: Hold[] = [];
  #held = new Map<string, Hold>();
  #messages: { id: string; reader: string }[] = [];
  #repeatable: { operation: Operation; asked: Asked; key: string }[] = [];
  #count = 0;
  #acknowledged = 0;

  constructor(
    readonly session: string,
    private readonly others: readonly string[],
    /** Asked for each call: the engine may have been started anew. */
    private readonly url: () => string,
    private readonly random: Random,
  ) {}

  /** How many operations have been acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Until `signal` aborts; then finishes what has a key, and asks the last keys again. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const repeat = this.#repeatable.length > 0 && this.random.chance(0.08) ? this.random.pick(this.#repeatable) : undefined;
      if (repeat) await this.#try(repeat.operation, repeat.asked, repeat.key);
      else await this.#perform(this.#wish(), signal);
      await pause(this.random.below(LONGEST_PAUSE_MS));
    }
    for (const { operation, asked, key } of this.#repeatable) await this.#try(operation, asked, key);
    for (const hold of this.#held.values()) this.holds.push({ ...hold, until: Math.min(hold.until, Date.now()) });
  }

  async #perform(asked: Asked, signal: AbortSignal): Promise<void> {
    const { kind, method, path } = asked;
    const key = this.random.chance(0.4) ? randomUUID() : undefined;
    const operation: Operation = { kind, project: PROJECT, session: this.session, call: `${method} ${path}`, keyed: key !== undefined, tries: [] };
    this.operations.push(operation);
    this.#unsure(asked);
    let last = await this.#try(operation, asked, key);
    // At the end of the test only so often: an engine that never comes back must not hang it.
    for (let left = TRIES_AFTER_THE_END; key !== undefined && isUnsettled(last) && left > 0; left -= signal.aborted ? 1 : 0)
      last = await this.#try(operation, asked, key);
    if (verdictOf(last) !== 'acknowledged' || !last.answer) return;
    this.#acknowledged += 1;
    this.#learn(kind, last.answer.body, last.endedAt);
    if (key === undefined) return;
    this.#repeatable.push({ operation, asked, key });
    if (this.#repeatable.length > 10) this.#repeatable.shift();
  }

  async #try(operation: Operation, { method, path, body }: Asked, key: string | undefined): Promise<Try> {
    const requestId = `${this.session}-${++this.#count}`;
    const headers = { 'x-request-id': requestId, ...(key !== undefined && { 'idempotency-key': key }) };
    const sentAt = Date.now();
    const answer = await call(this.url(), method, path, { body, headers, patienceMs: UNANSWERED_MS }).then(
      (given) => ({ status: given.status, position: Number(given.headers.get('coord-position')), body: given.body }),
      () => null, // the engine is gone, or was killed under way: the outcome is unknown
    );
    const done: Try = { requestId, sentAt, endedAt: Date.now(), answer };
    operation.tries.push(done);
    if (isUnsettled(done)) await pause(BACK_OFF_MS);
    return done;
  }

  #wish(): Asked {
    const dice = this.random.next();
    if (dice < 0.1) return this.#component();
    if (dice < 0.2) return this.#message();
    if (dice < 0.26 && this.#messages.length > 0) return this.#read();
    const held = [...this.#held.keys()];
    if (held.length > 0 && dice < 0.36) return { kind: 'renew', method: 'POST', path: `/locks/${this.random.pick(held)}/renew`, body: this.#me() };
    if (held.length > HELD_AT_MOST || (held.length > 0 && dice < 0.6))
      return { kind: 'release', method: 'DELETE', path: `/locks/${this.random.pick(held)}`, body: this.#me() };
    return this.#claim();
  }

  #claim(): Asked {
    const terms: Body = { project_key: PROJECT, ...this.#me() };
    if (this.random.chance(0.3)) terms.mode = 'shared';
    if (this.random.chance(0.15)) terms.ttl_hours = SHORT_TTL_HOURS;
    const own = () => `own/${this.session}/${this.random.below(1_000)}`;
    if (this.random.chance(0.15)) {
      const resources = [...new Set([this.random.pick(CONTENDED), own(), own()])];
      return { kind: 'claim-batch', method: 'POST', path: '/locks/batch', body: { ...terms, resources } };
    }
    return {
      kind: 'claim',
      method: 'POST',
      path: '/locks',
      body: { ...terms, resource: this.random.chance(0.7) ? this.random.pick(CONTENDED) : own() },
    };
  }

  /** The version makes each update another one: none is without effect. */
  #component(): Asked {
    const component = this.random.chance(0.5) ? 'shared' : this.session;
    const body = { state: this.random.pick(['building', 'built', 'deployed']), version: `${this.session}-${this.#count}`, updated_by: this.session };
    return { kind: 'component', method: 'PUT', path: `/components/${PROJECT}/${component}`, body };
  }

  #message(): Asked {
    const to_session = this.random.chance(0.1) ? null : this.random.pick(this.others);
    const body = { from_session: this.session, to_session, project_key: PROJECT, subject: `${this.session}-${this.#count}`, body: 'x' };
    return { kind: 'message', method: 'POST', path: '/messages', body };
  }

  /** Marks a message that it sent read, in the name of someone who got it. */
  #read(): Asked {
    const { id, reader } = this.#messages.shift() ?? { id: '', reader: '' };
    return { kind: 'read', method: 'PUT', path: `/messages/${id}/read`, body: { session_id: reader } };
  }

  #me = (): { session_id: string } => ({ session_id: this.session });

  /** From the moment that it asks for another state of a lock, until it is told, it can't be sure of the lock. */
  #unsure({ kind, path, body }: Asked): void {
    const texts = kind === 'claim' ? [body.resource] : kind === 'claim-batch' ? (body.resources as unknown[]) : [];
    for (const [id, hold] of this.#held) {
      const concerned = kind === 'release' || kind === 'renew' ? path.includes(id) : texts.includes(hold.resource);
      if (!concerned) continue;
      this.#held.delete(id);
      this.holds.push({ ...hold, until: Math.min(hold.until, Date.now()) });
    }
  }

  #learn(kind: Kind, body: Body, from: number): void {
    const to = String(body.to_session);
    if (kind === 'message') this.#messages.push({ id: String(body.id), reader: to === 'ALL_SESSIONS' ? this.random.pick(this.others) : to });
    const locks = kind === 'claim' || kind === 'renew' ? [body] : kind === 'claim-batch' ? (body.locks as Body[]) : [];
    for (const { id, resource, mode, expires_at } of locks) {
      const until = expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(String(expires_at));
      const lock = { lock_id: String(id), project: PROJECT, session: this.session, resource: String(resource), mode: String(mode) };
      this.#held.set(lock.lock_id, { ...lock, from, until });
    }
  }
}

/** Worth another try: no answer, or the engine says that it can't just now. */
const isUnsettled = (one: Try): boolean => one.answer === null || one.answer.status === 503;

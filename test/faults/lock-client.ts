import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../crash/random';
import type { Operation, Try } from '../crash/record';
import { call } from '../support/calls';
import { type Asked, outcomeOf, type Reply } from './answers';
import type { Call } from './linearizable';
import type { LockOp, Mode, Shown, Skew } from './lock-model';

/** An instance as a client knows it: where it is now, and how its clock goes. */
export interface Instance {
  url(): string;
  skew(): Skew;
}

const PATIENCE_MS = 2_500;
const LONGEST_PAUSE_MS = 40;
/** After a call without an answer, so that one outage doesn't leave hundreds of them. */
const BACK_OFF_MS = 250;
/** Short ones run out under the test, long ones outlive a fault. */
const TTLS_MS = [300, 600, 1_200, 3_000];
const SHARED = 0.2;

/** Claims, renews, verifies and releases at random, on any of the instances, and writes down what it was told. */
export class LockClient {
  /** What is to be linearized, by resource. */
  readonly calls = new Map<string, Call<LockOp>[]>();
  /** The same as the checks of the log want it. */
  readonly operations: Operation[] = [];
  readonly #held = new Map<string, Shown>();
  readonly #others = new Map<string, Shown>();
  #count = 0;
  #answered = 0;

  constructor(
    readonly session: string,
    private readonly project: string,
    private readonly resources: readonly string[],
    private readonly instances: readonly Instance[],
    private readonly random: Random,
  ) {}

  /** How many calls were answered well, or with a refusal that says something. */
  get answered(): number {
    return this.#answered;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#perform(this.random.pick(this.resources), this.random.pick(this.instances));
      await pause(this.random.below(LONGEST_PAUSE_MS));
    }
  }

  async #perform(resource: string, instance: Instance): Promise<void> {
    const asked = this.#wish(resource);
    const before = instance.skew();
    const requestId = `${this.session}-${++this.#count}`;
    const invoked = Date.now();
    const reply = await this.#send(instance.url(), asked, requestId);
    const answered = Date.now();
    const after = instance.skew();
    const skew = { least: Math.min(before.least, after.least), most: Math.max(before.most, after.most), fastest: after.fastest };

    if (asked.kind === 'claim' || asked.kind === 'renew' || asked.kind === 'release') this.#note(asked, requestId, invoked, answered, reply);
    const outcome = outcomeOf(asked, reply);
    if (outcome === 'none') return void (await pause(BACK_OFF_MS));
    const made = {
      op: { ...outcome, session: this.session, request: requestId, skew },
      invoked,
      answered: reply === 'lost' || isUnknown(reply) ? Number.POSITIVE_INFINITY : answered,
    };
    const known = this.calls.get(resource);
    if (known) known.push(made);
    else this.calls.set(resource, [made]);
    if (made.answered === Number.POSITIVE_INFINITY) return void (await pause(BACK_OFF_MS));
    this.#answered += 1;
    this.#learn(resource, made.op);
  }

  async #send(url: string, { method, path, body }: Asked, requestId: string): Promise<Reply> {
    try {
      const given = await call(url, method, path, {
        ...(method !== 'GET' && { body }),
        headers: { 'x-request-id': requestId },
        patienceMs: PATIENCE_MS,
      });
      return { status: given.status, position: Number(given.headers.get('coord-position')), body: given.body };
    } catch (error) {
      return neverArrived(error) ? 'not sent' : 'lost';
    }
  }

  #wish(resource: string): Asked {
    const { project, session, random } = this;
    const held = this.#held.get(resource);
    const other = this.#others.get(resource);
    const me = { session_id: session };
    const dice = random.next();
    const known = held && dice < 0.75 ? held : other && dice > 0.85 ? other : undefined;
    if (known) {
      // What others hold is asked for, too: it has to be refused.
      if (dice < 0.15 || dice > 0.97) {
        const ttl = random.pick(TTLS_MS);
        return { kind: 'renew', method: 'POST', path: `/locks/${known.id}/renew`, body: { ...me, ttl_hours: hours(ttl) }, id: known.id, ttl };
      }
      if (dice < 0.5 || dice > 0.92) return { kind: 'release', method: 'DELETE', path: `/locks/${known.id}`, body: me, id: known.id };
      return {
        kind: 'verify',
        method: 'POST',
        path: '/locks/verify',
        body: { ...me, project_key: project, resource, fence: known.fence },
        fence: known.fence,
      };
    }
    if (dice > 0.8) return { kind: 'look', method: 'GET', path: `/locks?project_key=${project}&resource=${resource}`, body: {} };
    const ttl = random.pick(TTLS_MS);
    const mode: Mode = random.chance(SHARED) ? 'shared' : 'exclusive';
    return { kind: 'claim', method: 'POST', path: '/locks', body: { ...me, project_key: project, resource, mode, ttl_hours: hours(ttl) }, mode, ttl };
  }

  #learn(resource: string, op: LockOp): void {
    const { outcome } = op;
    if (outcome === null || typeof outcome !== 'object') {
      this.#held.delete(resource);
      this.#others.delete(resource);
    } else if ('granted' in outcome) this.#held.set(resource, outcome.granted);
    else if ('renewed' in outcome) this.#held.set(resource, outcome.renewed);
    else if ('held' in outcome && outcome.held[0]) this.#others.set(resource, outcome.held[0]);
    // What is lost is tried now and then: whoever wakes up believes that it still holds.
    else if ('current' in outcome && this.random.chance(0.5)) this.#held.delete(resource);
  }

  #note(
    { kind, method, path }: Asked & { kind: 'claim' | 'renew' | 'release' },
    requestId: string,
    sentAt: number,
    endedAt: number,
    reply: Reply,
  ): void {
    const one: Try = { requestId, sentAt, endedAt, answer: typeof reply === 'string' ? null : reply };
    this.operations.push({ kind, project: this.project, session: this.session, call: `${method} ${path}`, keyed: false, tries: [one] });
  }
}

const hours = (ms: number): number => ms / 3_600_000;

const isUnknown = (reply: Reply): boolean => typeof reply !== 'string' && reply.body.outcome === 'unknown';

/** Nobody listened there. */
function neverArrived(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code === 'ECONNREFUSED';
}

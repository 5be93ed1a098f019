// The log of the yardstick: what gathers while an append is under way goes out as the next one; a read model follows in batches.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';

const SCHEMA = `
  create table events (
    position bigint primary key, stream text not null, revision bigint not null, id uuid not null unique, type text not null,
    data json not null, metadata json not null, unique (stream, revision)
  );
  create table locks (id uuid primary key, project_key text, session_id text, resource text, status text, acquired_at timestamptz);
  create index on locks (project_key) where status = 'active';
  create function append(streams text[], revisions bigint[], ids uuid[], types text[], datas text[], metadatas text[]) returns bigint language plpgsql as $$
  declare head bigint;
  begin
    perform pg_advisory_xact_lock(1);
    select coalesce(max(position), 0) into head from events;
    insert into events select head + n, stream, revision, id, type, data::json, metadata::json
    from unnest(streams, revisions, ids, types, datas, metadatas) with ordinality as e (stream, revision, id, type, data, metadata, n);
    return head + cardinality(ids);
  end $$`;
/** Milliseconds between batches of the read model. */
const BEAT = 50;

export class Log {
  #waiting = [];
  #running = false;
  #revisions = new Map();
  #unread = [];
  #timer;

  static async open(url) {
    const log = new Log();
    log.sql = postgres(url, { max: 1, onnotice: () => {} });
    log.readModels = postgres(url, { max: 1, onnotice: () => {} });
    await log.sql.unsafe(SCHEMA);
    log.#timer = setTimeout(() => log.#project(), BEAT);
    return log;
  }

  /** `decide` gives `{event, answer}`; resolves to the answer when the event is durable. */
  write(stream, decide) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ stream, decide, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async close() {
    clearTimeout(this.#timer);
    await this.sql.end();
    await this.readModels.end();
  }

  async #run() {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const decided = batch.map(({ stream, decide }) => ({ stream, ...decide() }));
        const events = decided.filter(({ event }) => event);
        if (events.length > 0) await this.#append(events);
        for (const [i, { resolve }] of batch.entries()) resolve(decided[i].answer);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }

  async #append(events) {
    const at = new Date().toISOString();
    const revisions = events.map(({ stream }) => {
      const revision = (this.#revisions.get(stream) ?? -1) + 1;
      this.#revisions.set(stream, revision);
      return revision;
    });
    const ids = events.map(() => randomUUID());
    const metadatas = events.map(({ event }, i) =>
      JSON.stringify({ actor: event.actor, at, project_key: event.data.project_key, causation_id: ids[i], correlation_id: ids[i], schema: 1 }),
    );
    const datas = events.map(({ event }) => JSON.stringify(event.data));
    const types = events.map(({ event }) => event.type);
    await this.sql`select append(${events.map(({ stream }) => stream)}, ${revisions}, ${ids}::uuid[], ${types}, ${datas}, ${metadatas})`;
    this.#unread.push(...events);
  }

  async #project() {
    const events = this.#unread.splice(0);
    const of = (type) => events.filter(({ event }) => event.type === type).map(({ event }) => event.data);
    const claimed = of('LockClaimed');
    const released = of('LockReleased').map(({ id }) => id);
    if (events.length > 0)
      await this.readModels.begin(async (sql) => {
        if (claimed.length > 0)
          await sql`
            insert into locks select id, project_key, session_id, resource, status, acquired_at
            from jsonb_to_recordset(${sql.json(claimed)}) as c (id uuid, project_key text, session_id text, resource text, status text, acquired_at timestamptz)`;
        if (released.length > 0) await sql`update locks set status = 'released' where id = any(${released}::uuid[])`;
      });
    this.#timer = setTimeout(() => this.#project(), BEAT);
  }
}

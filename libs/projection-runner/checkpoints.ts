import type { Session, Sql } from './session';

/** The channel of the doorbell that rings with every move of a checkpoint. */
export const DOORBELL = 'coord_projections';

/** Position up to which each projection holds the log. One without a row has never run; what a negative one means, `markBeyond` says. */
export type Positions = ReadonlyMap<string, number>;

/** Someone else has moved the checkpoints: this instance leads no longer, or a batch of unknown outcome went through. */
export class CheckpointMoved extends Error {
  constructor(name: string, expected: number, found: number | undefined) {
    super(`The checkpoint of "${name}" is at ${found ?? 'nothing'}, not at ${expected} where this instance left it.`);
    this.name = 'CheckpointMoved';
  }
}

interface Row {
  name: string;
  position: string;
}

const toPositions = (rows: readonly Row[]): Positions => new Map(rows.map(({ name, position }) => [name, Number(position)]));

/** Makes the table of checkpoints, if need be. */
export async function prepareCheckpoints(session: Session): Promise<void> {
  await session.transaction(async (sql) => {
    // `if not exists` fails all the same when two do it at once: a leader and a rebuild.
    await sql`select pg_advisory_xact_lock(hashtextextended('coord projection checkpoints', 0))`;
    await sql`create schema if not exists projection`;
    await sql`create table if not exists projection.checkpoints (name text primary key, position bigint not null)`;
  });
}

/** Gives a projection that has never run a checkpoint at the beginning. */
export async function addCheckpoint(sql: Sql, name: string): Promise<void> {
  await sql`insert into projection.checkpoints (name, position) values (${name}, 0) on conflict do nothing`;
}

/**
 * For a read model that holds events up to a position where the log has ended before. When the log has grown past it, that could not be told any
 * more, so the checkpoint is negative from then on, until the read model is made anew.
 */
export async function markBeyond(sql: Sql, name: string, position: number): Promise<void> {
  await sql`update projection.checkpoints set position = -position where name = ${name} and position = ${position}`;
}

/** What an operator is told of such a read model. */
export const beyondTheLog = (name: string, position: number): string =>
  `It was made of a log up to position ${Math.abs(position)}, and the log was found to end before that: it was put back to an earlier state, or is ` +
  `another one. If it is the right log, run "npm run projections:rebuild -- ${name}", and start the engine again.`;

export async function readCheckpoints(sql: Sql, names: readonly string[]): Promise<Positions> {
  return toPositions(await sql<Row[]>`select name, position from projection.checkpoints where name = any(${[...names]})`);
}

/** Keeps others from moving these checkpoints until the transaction ends. Is sent at once, before anything that follows the call. */
export async function lockCheckpoints(sql: Sql, names: readonly string[]): Promise<Positions> {
  const rows = sql<Row[]>`select name, position from projection.checkpoints where name = any(${[...names]}) order by name for update`;
  return toPositions(await rows.execute());
}

/** @throws CheckpointMoved when one of them is not where it is expected. */
export function checkPositions(expected: Positions, found: Positions): void {
  for (const [name, position] of expected) {
    if (found.get(name) !== position) throw new CheckpointMoved(name, position, found.get(name));
  }
}

/** Moves checkpoints and rings the doorbell. */
export async function moveCheckpoints(sql: Sql, moved: Positions): Promise<void> {
  await sql`
    with moved as (
      update projection.checkpoints set position = new.position
      from unnest(${[...moved.keys()]}::text[], ${[...moved.values()]}::bigint[]) as new (name, position)
      where checkpoints.name = new.name
      returning checkpoints.position
    )
    select pg_notify(${DOORBELL}, max(position)::text) from moved`;
}

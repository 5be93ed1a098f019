import type { RecordedEvent } from '@coord/event-store/index';
import type { Fragment, ISql } from 'postgres';

/** Where a projection writes: the live schema, or the one that a rebuild fills beside it. */
export interface Target {
  /** The transaction that also moves the checkpoint. */
  readonly sql: ISql;
  /** The schema-qualified name of one of the projection's own tables, as a fragment for a tagged template. */
  table(name: string): Fragment;
}

/**
 * A read model: tables of its own in a schema of its own, made from the log alone. No clock, no randomness, no question to
 * other tables: the same events give the same rows, batch by batch or all at once.
 */
export interface Projection {
  /** Also the name of its schema. Lower-case letters and underscores. */
  readonly name: string;
  /** Folder of numbered `.sql` files; they name tables without a schema. */
  readonly migrations: string;
  /** Every table, for the hash of the read model. */
  readonly tables: readonly string[];
  /** Indexes that `project` itself does not need: a rebuild makes them when the tables are full. None that keeps rows from being there twice. */
  readonly lateIndexes?: readonly string[];
  /** Applies a batch, in order. Set-based: a few statements for a batch, not one for each event. Throws on an event that it can't apply. */
  project(events: readonly RecordedEvent[], target: Target): Promise<void>;
}

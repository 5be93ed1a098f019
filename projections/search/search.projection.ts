import { join } from 'node:path';
import type { MessageSent } from '@coord/domain/message/index';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';
import { vectorOf } from './words';

/**
 * In which messages a word occurs. Beside the inbox, not in it: what only search needs weighs on no inbox, and fills itself from the
 * log where the inbox is older.
 */
export const searchProjection: Projection = {
  name: 'search',
  migrations: join(__dirname, 'migrations'),
  tables: ['words'],
  lateIndexes: ['words_by_word'],

  async project(events, { sql, table }) {
    const rows = (events as (RecordedEvent & MessageSent)[])
      .filter(({ type }) => type === 'MessageSent')
      .map(({ data, position }) => ({ position, words: vectorOf(data) }));
    if (rows.length === 0) return;
    await sql`
      insert into ${table('words')} (position, words)
      select position, words from jsonb_to_recordset(${sql.json(rows as never)}) as r (position bigint, words tsvector)`;
  },
};

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { createDatabase, type TestDatabase } from '../../../test/support/database';
import { migrate } from './migrate';

describe('migrate', () => {
  let database: TestDatabase;
  let sql: postgres.Sql;
  let folder: string;

  beforeAll(async () => {
    database = await createDatabase();
    sql = postgres(database.url, { max: 4, onnotice: () => {} });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'coord-migrate-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  const file = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  const tables = async (schema: string): Promise<string[]> =>
    (await sql<{ tablename: string }[]>`select tablename from pg_tables where schemaname = ${schema} order by tablename`).map(
      ({ tablename }) => tablename,
    );

  it('applies files in order, in the schema that is asked for', async () => {
    await file('0002_b.sql', 'create table b (a bigint references a); create index on b (a);');
    await file('0001_a.sql', 'create table a (id bigint primary key);');
    await file('README.md', 'not SQL');
    await migrate(sql, { folder, schema: 'one' });
    await migrate(sql, { folder, schema: 'Two' });
    expect(await tables('one')).toEqual(['a', 'b', 'migrations']);
    expect(await tables('Two')).toEqual(['a', 'b', 'migrations']);
  });

  it('applies a file once, also when many migrate at once, and then what is new', async () => {
    await file('0001_a.sql', 'create table a (id bigint);');
    await Promise.all(Array.from({ length: 4 }, () => migrate(sql, { folder, schema: 'once' })));
    await file('0002_b.sql', 'create table b (id bigint);');
    await migrate(sql, { folder, schema: 'once' });
    expect(await tables('once')).toEqual(['a', 'b', 'migrations']);
  });

  it('leaves nothing of a call that fails', async () => {
    await file('0001_a.sql', 'create table a (id bigint);');
    await file('0002_b.sql', 'create tabel b (id bigint);');
    await expect(migrate(sql, { folder, schema: 'broken' })).rejects.toThrow('syntax error');
    expect(await tables('broken')).toEqual([]);
  });
});

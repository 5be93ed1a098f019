import postgres from 'postgres';
import { createDatabase, type TestDatabase } from '../../test/support/database';
import { sendWhole } from './whole-statement';

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createDatabase();
  sql = postgres(database.url, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** Whatever a value holds, it is one. */
const VALUES = ["'; drop table things; --", '$1', 'null', '', '`$`', '\\', 'ü'];

test('a statement of parts gives what the tag gives, with every value a parameter', async () => {
  const statement = (part: postgres.Sql): postgres.Fragment => {
    const later = part`+ ${2}::int`;
    const none = part``;
    return part`
      select v, n ${later} as n, ${new Date(0)}::timestamptz as at, ${null}::text as nothing, ${VALUES}::text[] as all
      from unnest(${VALUES}::text[]) with ordinality as r (v, n) ${none} order by n ${later}`;
  };
  const whole = await sendWhole<{ v: string; n: string }[]>(sql, statement);
  expect(whole.map(({ v }) => v)).toEqual(VALUES);
  expect([...whole]).toEqual([...(await sql`${statement(sql)}`)]);
});

test('the server prepares it once', async () => {
  for (const value of VALUES) await sendWhole(sql, (part) => part`select ${value}::text as only_here`);
  const [found] = await sql<
    { n: number }[]
  >`select count(*)::int as n from pg_prepared_statements where statement like '%only_here' and from_sql = false`;
  expect(found?.n).toBe(1);
});

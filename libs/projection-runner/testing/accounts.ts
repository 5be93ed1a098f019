import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NewEvent } from '@coord/event-store/index';
import type { Projection } from '../projection';

/** A payment to an account. An amount that is not a number is an event that `totals` can't apply, and `journal` can. */
export const paid = (account: string, amount = '1'): NewEvent => ({
  id: randomUUID(),
  type: 'Paid',
  data: { account, amount },
  metadata: { actor: null, at: new Date().toISOString(), project_key: null, causation_id: null, correlation_id: null, schema: 1 },
});

const migrations = join(__dirname, 'migrations');

/** Sums up the payments. */
export const totals = (name = 'totals'): Projection => ({
  name,
  migrations,
  tables: ['totals', 'entries'],
  async project(events, { sql, table }) {
    const positions = events.map(({ position }) => position);
    const accounts = events.map(({ data }) => String(data.account));
    const amounts = events.map(({ data }) => String(data.amount));
    await Promise.all([
      sql`insert into ${table('entries')} select * from unnest(${positions}::bigint[], ${accounts}::text[])`,
      sql`
        insert into ${table('totals')} as totals (account, total, events)
        select account, sum(amount::bigint), count(*) from unnest(${accounts}::text[], ${amounts}::text[]) as paid (account, amount) group by account
        on conflict (account) do update set total = totals.total + excluded.total, events = totals.events + excluded.events`,
    ]);
  },
});

/** Lists the payments. */
export const journal = (name = 'journal'): Projection => ({
  name,
  migrations,
  tables: ['entries'],
  async project(events, { sql, table }) {
    const positions = events.map(({ position }) => position);
    const accounts = events.map(({ data }) => String(data.account));
    await sql`insert into ${table('entries')} select * from unnest(${positions}::bigint[], ${accounts}::text[])`;
  },
});

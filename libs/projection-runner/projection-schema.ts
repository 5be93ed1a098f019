import { migrate } from '@coord/event-store/index';
import type { Projection, Target } from './projection';
import type { Session, Sql } from './session';

/** The schema beside the live one in which a rebuild or a verification gathers the rows. */
export type Aside = 'rebuild' | 'verify' | 'old';

export const aside = (projection: Projection, kind: Aside): string => `${projection.name}__${kind}`;

/** Brings the tables of a projection up to date in a schema. */
export async function prepareSchema(session: Session, projection: Projection, schema: string = projection.name): Promise<void> {
  await migrate(session.sql, { folder: projection.migrations, schema });
}

/** Where a projection writes when it fills `schema` through `sql`. */
export function targetOf(sql: Sql, schema: string): Target {
  return { sql, table: (name) => sql`${sql(`${schema}.${name}`)}` };
}

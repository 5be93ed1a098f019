import { KEY_REMEMBERED } from '@coord/command-runner/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { eventsBetween, lastBefore } from '@projections/history/index';
import type { LogPoint } from '../../http/fields';
import { type Changes, changesIn, hasOwnStream } from '../diff';
import type { DiffQuery } from '../history.dto';
import { momentOf } from './list-history';

/** Events that one answer sums up. */
const MOST = 5_000;

export type Diff = Changes & {
  /** The range that was looked at, in positions: after `from`, up to `to`. Null where a time says the range and nothing is in it. */
  from: number | null;
  to: number | null;
  project_key: string | null;
  events: number;
  truncated: boolean;
};

export class FindChanges extends Query<Diff> {
  /** @param end position that the answer reflects */
  constructor(
    readonly query: DiffQuery,
    readonly end: number,
  ) {
    super();
  }
}

@QueryHandler(FindChanges)
export class FindChangesHandler implements IQueryHandler<FindChanges> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, end }: FindChanges): Promise<Diff> {
    const { sql } = this.readModels;
    const to = momentOf(query.to) ?? { position: end };
    const found = await eventsBetween(sql, {
      projectKey: query.project_key,
      from: momentOf(query.from),
      to,
      limit: MOST + 1,
      except: KEY_REMEMBERED,
    });
    const events = found.slice(0, MOST);
    const truncated = found.length > MOST;
    const first = new Map<string, number>();
    for (const { stream, position } of events.filter(hasOwnStream)) if (!first.has(stream)) first.set(stream, Number(position));
    const before = await lastBefore(
      sql,
      [...first].map(([of_stream, before]) => ({ of_stream, before })),
      KEY_REMEMBERED,
    );
    const [firstPosition, lastPosition] = [events[0], events.at(-1)].map((event) => (event ? Number(event.position) : null));
    return {
      from: positionOf(query.from) ?? (firstPosition ? firstPosition - 1 : null),
      to: (truncated ? null : positionOf(to, end)) ?? lastPosition ?? null,
      project_key: query.project_key ?? null,
      events: events.length,
      truncated,
      ...changesIn(events, before),
    };
  }
}

const positionOf = (point: LogPoint | { position: number } | { at: Date }, most = Number.POSITIVE_INFINITY): number | null =>
  'position' in point ? Math.min(point.position, most) : null;

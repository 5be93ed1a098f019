import { overlaps, resourceOf } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { listHistory } from '@projections/history/index';
import { listRequests, type RequestRow } from '@projections/locks/index';
import { type EventView, eventView } from '../../history/event.view';
import { LIST_LIMIT } from '../../http/list';
import type { LockView } from '../lock.view';
import { FindLock } from './find-lock';

type Explanation = { lock: LockView; events: EventView[]; reason: string };

/** What led to a lock's state, and why it is or is not valid. */
export class ExplainLock extends Query<Explanation> {
  constructor(
    readonly id: string,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(ExplainLock)
export class ExplainLockHandler implements IQueryHandler<ExplainLock> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly queries: QueryBus,
  ) {}

  async execute({ id, now }: ExplainLock): Promise<Explanation> {
    const lock = await this.queries.execute(new FindLock(id, now));
    const events = await listHistory(this.readModels.sql, { subject: id, limit: LIST_LIMIT, latest: true });
    return { lock, events: events.map(eventView), reason: reasonOf(lock) + waiting(await this.waitingFor(lock, now)) };
  }

  /** Who waits for what overlaps a lock that is live, in order. */
  private async waitingFor({ status, project_key, resource, session_id }: LockView, now: number): Promise<RequestRow[]> {
    if (status !== 'active') return [];
    const asked = { projectKey: project_key, limit: LIST_LIMIT, now: new Date(now) };
    const locked = resourceOf({ resource });
    return (await listRequests(this.readModels.sql, asked)).filter((row) => row.session_id !== session_id && overlaps(resourceOf(row), locked));
  }
}

const waiting = ([first, ...others]: readonly RequestRow[]): string =>
  first ? ` ${first.session_id} waits for it since ${first.queued_at.toISOString()}${others.length > 0 ? `, and ${others.length} more` : ''}.` : '';

function reasonOf(lock: LockView): string {
  const why = lock.end_reason === null ? '' : ` (${lock.end_reason})`;
  const until = lock.expires_at === null ? 'it has no expiry' : `it expires at ${lock.expires_at}`;
  switch (lock.status) {
    case 'released':
      return `Not valid: released by ${lock.ended_by} at ${lock.ended_at}${why}.`;
    case 'broken':
      return `Not valid: broken by ${lock.ended_by} at ${lock.ended_at}${why}.`;
    case 'expired':
      return `Not valid: it expired at ${lock.ended_at} without being renewed.`;
    default:
      return lock.stale
        ? `Valid, but stale: no sign of ${lock.session_id} since ${lock.last_activity_at}, so anyone may release it; ${until}.`
        : `Valid: ${lock.session_id} holds it under fence ${lock.fence}; ${until}.`;
  }
}

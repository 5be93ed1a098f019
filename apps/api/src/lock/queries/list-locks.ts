import { literalPrefixOf, overlaps, parseResource, type Resource, resourceOf } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type LockQuery, type LockRow, listLocks } from '@projections/locks/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import { refusedField } from '../../http/problems';
import type { LocksQuery } from '../lock.dto';
import { type LockView, rowView } from '../lock.view';
import { LockRefusals } from '../lock-refusals';

type Page = { items: LockView[]; nextCursor: string | null };

export class ListLocks extends Query<Page> {
  constructor(
    readonly query: LocksQuery,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(ListLocks)
export class ListLocksHandler implements IQueryHandler<ListLocks> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly refusals: LockRefusals,
  ) {}

  async execute({ query, now }: ListLocks): Promise<Page> {
    const look = this.refusals.lookAt(now);
    const resource = query.resource === undefined ? undefined : askedResource(query);
    const asked: LockQuery = {
      projectKey: query.project_key,
      sessionId: query.session_id,
      stale: query.stale,
      includeInactive: query.include_inactive,
      prefix: resource && literalPrefixOf(resource),
      after: afterOf('locks', query),
      limit: pageSize(query) + 1,
      now: new Date(look.now),
      staleBefore: new Date(look.now - look.staleAfter),
    };
    const rows = resource ? await this.overlapping(asked, resource) : await listLocks(this.readModels.sql, asked);
    const page = pageOf('locks', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map((row) => rowView(row, look)), nextCursor: page.nextCursor };
  }

  /** The read model narrows by the literal prefix; whether two patterns meet is decided here, page by page until one is full. */
  private async overlapping(asked: LockQuery, resource: Resource): Promise<LockRow[]> {
    const found: LockRow[] = [];
    for (let after = asked.after; ; ) {
      const candidates = await listLocks(this.readModels.sql, { ...asked, after });
      found.push(...candidates.filter((row) => overlaps(resourceOf(row), resource)));
      if (found.length >= asked.limit || candidates.length < asked.limit) return found.slice(0, asked.limit);
      after = Number(candidates.at(-1)?.position);
    }
  }
}

function askedResource({ resource = '', project_key }: LocksQuery): Resource {
  if (project_key === undefined) throw refusedField('project_key', 'is missing; a resource is one of a project');
  const parsed = parseResource(resource);
  if ('invalid' in parsed) throw refusedField('resource', parsed.invalid);
  return parsed;
}

import type { ComponentState } from '@coord/domain/component/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { componentHistory, findComponent } from '@projections/components/index';
import { decodeCursor, isInt4, type ListQuery, pageOf, pageSize } from '../../http/list';
import { Refused } from '../../http/problems';
import { componentView } from '../component.view';

export class FindComponent extends Query<ComponentState> {
  constructor(
    readonly projectKey: string,
    readonly component: string,
  ) {
    super();
  }
}

@QueryHandler(FindComponent)
export class FindComponentHandler implements IQueryHandler<FindComponent> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ projectKey, component }: FindComponent): Promise<ComponentState> {
    const row = await findComponent(this.readModels.sql, projectKey, component);
    if (!row) throw new Refused({ problem: 'not-found', what: 'component of this name in this project' });
    return componentView(row);
  }
}

type Page = { items: ComponentState[]; nextCursor: string | null };

/** Every state that a component had, oldest first. */
export class ComponentHistory extends Query<Page> {
  constructor(
    readonly projectKey: string,
    readonly component: string,
    readonly query: ListQuery,
  ) {
    super();
  }
}

@QueryHandler(ComponentHistory)
export class ComponentHistoryHandler implements IQueryHandler<ComponentHistory> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ projectKey, component, query }: ComponentHistory): Promise<Page> {
    const after = decodeCursor('component-history', query, (place): place is { after: number } => isInt4(place.after))?.after ?? 0;
    const rows = await componentHistory(this.readModels.sql, projectKey, component, after, pageSize(query) + 1);
    if (rows.length === 0 && after === 0) throw new Refused({ problem: 'not-found', what: 'component of this name in this project' });
    const page = pageOf('component-history', query, rows, (last) => ({ after: last.revision }));
    return { items: page.rows.map(componentView), nextCursor: page.nextCursor };
  }
}

import type { ComponentState } from '@coord/domain/component/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listComponents } from '@projections/components/index';
import { decodeCursor, pageOf, pageSize } from '../../http/list';
import type { ComponentsQuery } from '../component.dto';
import { componentView } from '../component.view';

type Page = { items: ComponentState[]; nextCursor: string | null };
type Place = { asOf: number; before: number };

export class ListComponents extends Query<Page> {
  constructor(readonly query: ComponentsQuery) {
    super();
  }
}

@QueryHandler(ListComponents)
export class ListComponentsHandler implements IQueryHandler<ListComponents> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListComponents): Promise<Page> {
    const page = decodeCursor('components', query, (place): place is Place => Number.isSafeInteger(place.asOf) && Number.isSafeInteger(place.before));
    const rows = await listComponents(this.readModels.sql, {
      projectKey: query.project_key,
      state: query.state,
      page: page ?? undefined,
      limit: pageSize(query) + 1,
    });
    // what is latest at the first page is where the whole list stands: later changes keep the places that they had
    const asOf = page?.asOf ?? Number(rows[0]?.place ?? 0);
    const { rows: shown, nextCursor } = pageOf('components', query, rows, (last) => ({ asOf, before: Number(last.place) }));
    return { items: shown.map(componentView), nextCursor };
  }
}

import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listProjects } from '@projections/projects/index';
import { isKey } from '../../http/fields';
import { decodeCursor, type ListQuery, pageOf, pageSize } from '../../http/list';

/** A project as it goes over the wire. */
export type ProjectView = {
  project_key: string;
  events: number;
  active_locks: number;
  components: number;
  messages: number;
  last_activity_at: string;
};
type Page = { items: ProjectView[]; nextCursor: string | null };

export class ListProjects extends Query<Page> {
  constructor(readonly query: ListQuery) {
    super();
  }
}

@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListProjects): Promise<Page> {
    const place = decodeCursor('projects', query, (value): value is { after: string } => isKey(value.after));
    const rows = await listProjects(this.readModels.sql, place?.after, pageSize(query) + 1);
    const page = pageOf('projects', query, rows, (last) => ({ after: last.project_key }));
    const items = page.rows.map((row) => ({
      project_key: row.project_key,
      events: Number(row.events),
      active_locks: Number(row.active_locks),
      components: Number(row.components),
      messages: Number(row.messages),
      last_activity_at: row.last_activity_at.toISOString(),
    }));
    return { items, nextCursor: page.nextCursor };
  }
}

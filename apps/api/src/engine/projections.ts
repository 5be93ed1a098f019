import type { Projection } from '@coord/projection-runner/index';
import { componentsProjection } from '@projections/components/index';
import { historyProjection } from '@projections/history/index';
import { inboxProjection } from '@projections/inbox/index';
import { locksProjection } from '@projections/locks/index';
import { projectsProjection } from '@projections/projects/index';
import { searchProjection } from '@projections/search/index';
import { sessionsProjection } from '@projections/sessions/index';
import { tasksProjection } from '@projections/tasks/index';
import { todosProjection } from '@projections/todos/index';
import { workProjection } from '@projections/work/index';

/** Every read model of the engine. */
export const PROJECTIONS: readonly Projection[] = [
  locksProjection,
  componentsProjection,
  inboxProjection,
  searchProjection,
  todosProjection,
  sessionsProjection,
  historyProjection,
  projectsProjection,
  tasksProjection,
  workProjection,
];

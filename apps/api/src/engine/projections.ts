import type { EventStore } from '@coord/event-store/index';
import type { Projection } from '@coord/projection-runner/index';
import { boardProjection } from '@projections/board/index';
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

const PROJECTIONS: readonly Projection[] = [
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

/** Every read model of the engine. The board also reads the log itself. */
export const projectionsOn = (log: EventStore, { broadcastForMs }: { broadcastForMs: number }): readonly Projection[] => [
  ...PROJECTIONS,
  boardProjection({ log, broadcastForMs }),
];

export const PROJECTION_NAMES: readonly string[] = [...PROJECTIONS.map(({ name }) => name), 'board'];

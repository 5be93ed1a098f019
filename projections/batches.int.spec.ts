import type { Projection } from '@coord/projection-runner/index';
import { boardProjection } from './board/index';
import { componentsProjection } from './components/index';
import { historyProjection } from './history/index';
import { inboxProjection } from './inbox/index';
import { locksProjection } from './locks/index';
import { projectsProjection } from './projects/index';
import { searchProjection } from './search/index';
import { sessionsProjection } from './sessions/index';
import { tasksProjection } from './tasks/index';
import { busyDay } from './testing/busy-day';
import { memoryLog } from './testing/memory-log';
import { ReadModel } from './testing/read-model';
import { todosProjection } from './todos/index';
import { workProjection } from './work/index';

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of();
});
afterAll(() => readModel.close());

const { events } = busyDay(1_200);

test('the day holds every kind of event', () => {
  expect(new Set(events.map(({ type }) => type)).size).toBe(32);
});

describe.each(
  [
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
    boardProjection({ log: memoryLog(events), broadcastForMs: 7 * 24 * 3_600_000 }),
  ].map((projection) => ({
    ...projection,
    projection: projection as Projection,
  })),
)('the read model $name', ({ name, projection }) => {
  test('is the same however the log is cut into batches', async () => {
    const whole = await readModel.hashAfter(projection, `${name}_whole`, events, [events.length]);
    expect(await readModel.hashAfter(projection, `${name}_single`, events, [1])).toBe(whole);
    expect(await readModel.hashAfter(projection, `${name}_mixed`, events, [2, 7, 1, 31, 3])).toBe(whole);
    expect(await readModel.hashAfter(projection, `${name}_large`, events, [100, 5])).toBe(whole);
  });
});

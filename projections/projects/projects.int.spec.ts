import { claimed, expired, renewed } from '@coord/domain/lock/testing/locks';
import { busyDay } from '../testing/busy-day';
import { History, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { listProjects, projectsProjection } from './index';

let readModel: ReadModel;
beforeEach(async () => {
  readModel = await ReadModel.of(projectsProjection);
});
afterEach(() => readModel.close());

test('a project counts what it holds', async () => {
  const history = new History();
  history.append('lock-p', [claimed(), claimed({ lock_id: 'l2' }), renewed(), expired()], { at: NOON });
  history.append('component-p/a', [{ type: 'ComponentUpdated', data: { project_key: 'p', revision: 1 } }], { at: NOON + 5 });
  history.append('component-p/a', [{ type: 'ComponentUpdated', data: { project_key: 'p', revision: 2 } }], { at: NOON + 4 });
  history.append('message-m', [{ type: 'MessageSent', data: { project_key: 'p' } }], { at: NOON });
  history.append('message-n', [{ type: 'MessageSent', data: { project_key: null } }], { at: NOON });
  await readModel.apply(history.events, [3]);
  expect(await listProjects(readModel.sql, undefined, 10)).toEqual([
    { project_key: 'p', events: '7', active_locks: '1', components: '1', messages: '1', last_activity_at: new Date(NOON + 5) },
  ]);
});

test('the counts of a busy day are those of its events', async () => {
  const { events } = busyDay(300);
  await readModel.apply(events, [50]);
  const of = (project: string, type: string) => events.filter((event) => event.metadata.project_key === project && event.type === type).length;
  for (const row of await listProjects(readModel.sql, undefined, 10)) {
    const ends = ['LockReleased', 'LockExpired', 'LockBroken'].reduce((sum, type) => sum + of(row.project_key, type), 0);
    expect(row).toMatchObject({
      active_locks: String(of(row.project_key, 'LockClaimed') - ends),
      messages: String(of(row.project_key, 'MessageSent')),
    });
  }
  expect(await listProjects(readModel.sql, 'p', 10)).toMatchObject([{ project_key: 'q' }]);
});

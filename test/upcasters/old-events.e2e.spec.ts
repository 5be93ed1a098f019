import { randomUUID } from 'node:crypto';
import { type ComponentState, componentStream } from '@coord/domain/component/index';
import type { Upcaster } from '@coord/domain/upcasters/index';
import type { EventStore } from '@coord/event-store/index';
import { WRITTEN_LOG } from '../../apps/api/src/engine/tokens';
import { Api } from '../support/api';

/** The worked example of docs/upcasters.md: a component once had a `status`, by a code, and no notes. */
const CODES: Record<number, string> = { 0: 'building', 1: 'built' };
const componentUpdated1: Upcaster = {
  type: 'ComponentUpdated',
  schema: 1,
  upcast: ({ status, ...data }) => ({ ...data, state: CODES[Number(status)] ?? 'unknown', notes: null }),
};

let api: Api;
beforeAll(async () => {
  api = await Api.start({}, [componentUpdated1]);
});
afterAll(() => api.close());

const AT = '2026-01-01T00:00:00.000Z';
const metadata = { actor: 'A', at: AT, project_key: 'p', causation_id: null, correlation_id: null, schema: 1 };
const oldData = { project_key: 'p', component: 'web', status: 1, version: '1.0', updated_by: 'A', updated_at: AT, revision: 1 };
const newData: ComponentState = {
  project_key: 'p',
  component: 'web',
  state: 'built',
  version: '1.0',
  notes: null,
  updated_by: 'A',
  updated_at: AT,
  revision: 1,
};

test('an event of an older shape is folded, projected and shown as one of today, and exported as it was written', async () => {
  const log = api.app.get<EventStore>(WRITTEN_LOG);
  const stream = componentStream('p', 'web');
  await log.append([{ stream, expected: 'none', events: [{ id: randomUUID(), type: 'ComponentUpdated', data: oldData, metadata }] }]);

  expect(await api.done('GET', '/components/p/web')).toMatchObject({ state: 'built', notes: null, revision: 1 });
  const [shown] = Object.values(await api.done('GET', `/history?stream=${encodeURIComponent(stream)}`));
  expect(shown).toMatchObject({ data: newData });

  const updated = await api.done('PUT', '/components/p/web', { state: 'deployed', updated_by: 'A' });
  expect(updated).toMatchObject({ state: 'deployed', version: '1.0', revision: 2 }); // decided on what the old event says

  const lines = (await api.get('/history/export')).text.trimEnd().split('\n');
  const written = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'ComponentUpdated');
  expect(written.map(({ data, metadata }) => [data.status ?? data.state, metadata.schema])).toEqual([
    [1, 1],
    ['deployed', 2],
  ]);
});

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { world } from '../http/testing/example';
import { startExample } from '../http/testing/example-server';

let app: NestFastifyApplication;
let root: string;

beforeAll(async () => {
  ({ app, url: root } = await startExample());
});
afterAll(() => app.close());
afterEach(() => Object.assign(world, { alive: true, projectionError: null }));

const get = (path: string) => fetch(root + path);
/** Reads the answer to its end: one that is left half read keeps its connection, and the server waits for that when it closes. */
const statusOf = async (path: string) => {
  const response = await get(path);
  await response.arrayBuffer();
  return response.status;
};

describe('health', () => {
  it('is ok at the root and below the API', async () => {
    for (const path of ['/health', '/api/coord/health']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        status: 'ok',
        database: 'connected',
        position: 7,
        projections: [{ name: 'things', error: null }],
      });
    }
  });

  it('is degraded, and the server not ready, when the database does not answer', async () => {
    world.alive = false;
    const response = await get('/health');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'degraded', database: 'disconnected' });
    expect(await statusOf('/readyz')).toBe(503);
    expect(await statusOf('/livez')).toBe(200);
  });

  it('is degraded when a projection has stopped, and says why', async () => {
    world.projectionError = 'LockClaimed at 5: no such column';
    const response = await get('/health');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: 'degraded',
      database: 'connected',
      projections: [{ error: 'LockClaimed at 5: no such column' }],
    });
    expect(await statusOf('/readyz')).toBe(200);
  });
});

it('metrics count requests by route', async () => {
  await statusOf('/api/coord/things/01900000-0000-7000-8000-000000000000');
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await response.text();
  expect(text).toMatch(/^coord_http_request_seconds_count\{route="\/api\/coord\/things\/:id",method="GET",status="200"\} 1$/m);
  for (const name of [
    'coord_commands_total',
    'coord_append_seconds',
    'coord_append_events',
    'coord_projection_lag_seconds',
    'process_resident_memory_bytes',
  ])
    expect(text).toContain(`# TYPE ${name} `);
});

it('docs are a page that needs no other host', async () => {
  const page = await get('/docs');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const text = await page.text();
  expect(text).not.toMatch(/(src|href)="https?:/);
  for (const [, file] of text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)) expect([file, await statusOf(`/${file}`)]).toEqual([file, 200]);
  expect(await statusOf('/docs/package.json')).toBe(404);
});

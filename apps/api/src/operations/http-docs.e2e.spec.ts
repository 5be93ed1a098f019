import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../../../../test/support/api';
import { httpDocs } from './http-docs';
import type { OpenApi } from './http-example';

let api: Api;
let document: OpenApi;
beforeAll(async () => {
  api = await Api.start();
  document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenApi;
});
afterAll(() => api.close());

test('docs/http.md is what the routes are (else: npm run docs:http)', () => {
  expect(readFileSync(join(__dirname, '../../../../docs/http.md'), 'utf8')).toBe(httpDocs(document));
});

test('every route has an example of what it answers, or a media type that speaks for itself', () => {
  const bare = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { responses }]) => {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2') && status !== '204');
      const shown = good.every(
        ([, { content = {} }]) => content['application/json'] === undefined || content['application/json'].example !== undefined,
      );
      return shown ? [] : [`${method} ${path}`];
    }),
  );
  expect(bare).toEqual([]);
});

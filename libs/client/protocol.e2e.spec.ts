import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Api } from '../../test/support/api';
import { ROOT } from '../../test/support/build';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

test('the types of the client are those of the OpenAPI document', async () => {
  const document = await (await fetch(`${api.url}/openapi.json`)).text();
  const script = spawn(process.execPath, ['scripts/client-types.mjs'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  script.stdin.end(document);
  // When this fails: `npm run -s client:types -- URL > libs/client/protocol.d.ts` against an engine of this version.
  expect(await text(script.stdout)).toBe(readFileSync(join(ROOT, 'libs/client/protocol.d.ts'), 'utf8'));
});

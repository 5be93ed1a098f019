import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { startExample } from '../http/testing/example-server';

interface Operation {
  parameters: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { examples?: object }>; headers: object }>;
}
interface Document {
  openapi: string;
  servers: object[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}
let app: NestFastifyApplication;
let document: Document;

beforeAll(async () => {
  const started = await startExample();
  app = started.app;
  document = (await (await fetch(`${started.url}/openapi.json`)).json()) as Document;
});
afterAll(() => app.close());

/** Every object in the document, with the way to it. */
function* objects(value: unknown, path = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, item] of Object.entries(value)) yield* objects(item, `${path}/${key}`);
}

function validator() {
  const ajv = addFormats(new Ajv({ strict: false }));
  ajv.addSchema({ $id: 'document', ...document });
  return (schema: unknown) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')));
}

function operationOf(path: string, method: string): Operation {
  const operation = document.paths[path]?.[method];
  if (!operation) throw new Error(`There is no ${method} ${path} in the document.`);
  return operation;
}

it('is OpenAPI 3.1, without words of 3.0', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect([...objects(document)].filter(([, object]) => 'nullable' in object).map(([path]) => path)).toEqual([]);
});

it('says where the engine is without naming a host', () => {
  expect(document.servers).toEqual([{ url: '/', description: expect.any(String) }]);
});

it('shows that a list says where it goes on', () => {
  expect(operationOf('/api/coord/things', 'get').responses['200']?.headers).toMatchObject({ Link: { schema: { type: 'string' } } });
});

it('holds only schemas that are schemas, and references that lead somewhere', () => {
  const compile = validator();
  for (const [path, object] of objects(document)) if ('schema' in object) expect(() => compile(object.schema)).not.toThrow(path);
  for (const name of Object.keys(document.components.schemas)) expect(() => compile({ $ref: `#/components/schemas/${name}` })).not.toThrow();
});

it('shows examples that keep to their schemas', () => {
  const compile = validator();
  let seen = 0;
  for (const [path, object] of objects(document)) {
    if (!('schema' in object) || typeof object.examples !== 'object') continue;
    const validate = compile(object.schema);
    for (const example of Object.values(object.examples as Record<string, { value: unknown }>)) {
      seen += 1;
      expect([path, validate(example.value), validate.errors]).toEqual([path, true, null]);
    }
  }
  expect(seen).toBeGreaterThan(20);
});

it('lists what a write takes and may be refused with', () => {
  const operation = operationOf('/api/coord/things', 'post');
  expect(operation.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key', 'Coord-Intended-At']);
  expect(Object.keys(operation.responses).sort()).toEqual(['201', '400', '409', '413', '415', '422', '500', '503']);
  expect(Object.keys(operation.responses['422']?.content?.['application/problem+json']?.examples ?? {}).sort()).toEqual([
    'idempotency-key-reused',
    'invalid-request',
  ]);
  expect(Object.keys(operation.responses['409']?.headers ?? {})).toEqual(['Coord-Position']);
  expect(document.components.schemas).toMatchObject({ ThingBody: { additionalProperties: false, required: ['project_key', 'session_id', 'text'] } });
});

it('lists the parameters of a query, and those that may stand in the query or the body', () => {
  const names = (path: string, method: string) =>
    operationOf(path, method)
      .parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      .sort();
  expect(names('/api/coord/things', 'get')).toEqual([
    'header Coord-Position',
    'query cursor',
    'query limit',
    'query project_key',
    'query since',
    'query stale',
  ]);
  expect(names('/api/coord/things/{id}', 'delete')).toEqual([
    'header Coord-Intended-At',
    'header Idempotency-Key',
    'path id',
    'query fence',
    'query reason',
    'query session_id',
  ]);
});

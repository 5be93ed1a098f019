import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { API_PREFIX } from '../http/coord-position.hook';
import { problemResponses, WRITES_NOTHING } from '../http/documented';
import type { ProblemName } from '../http/problem-document';
import { problemSchemas } from '../http/problem-schemas';
import { liftNamed } from './named-schemas';
import { VERSION } from './version';

type Schema = Record<string, unknown>;

interface Operation {
  parameters?: unknown[];
  requestBody?: { content?: Record<string, { schema?: { $ref?: string } }>; required?: boolean };
  responses: Record<string, { headers?: Schema; content?: Record<string, unknown> }>;
  [WRITES_NOTHING]?: boolean;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

const header = (name: string, description: string, schema: Schema) => ({ name, in: 'header', required: false, description, schema });
const WRITE_HEADERS = [
  header('Idempotency-Key', 'The same key with the same body within 24 h gives the first answer again and writes nothing.', {
    type: 'string',
    minLength: 1,
    maxLength: 200,
  }),
  header('Coord-Intended-At', 'When a replayed write was meant.', { type: 'string', format: 'date-time' }),
];
const READ_HEADERS = [header('Coord-Position', 'Answer only what is at least as new as this log position.', { type: 'integer', minimum: 0 })];
const IF_MATCH = header('If-Match', 'Write only if this is the `revision` still, in quotes; else the answer is 412 `revision-conflict`.', {
  type: 'string',
  pattern: '^"?\\d{1,9}"?$',
  example: '"3"',
});
const POSITION = { description: 'The log position that the answer reflects.', schema: { type: 'integer', minimum: 0 } };

/** What an operation may be refused with because of the kind of route that it is. */
function usualProblems(operation: Operation, writes: boolean, reads: boolean): ProblemName[] {
  const body: ProblemName[] = operation.requestBody ? ['malformed-json', 'body-too-large', 'unsupported-media-type'] : [];
  return [
    'invalid-request',
    'store-unavailable',
    'internal-error',
    ...body,
    ...(writes ? (['idempotency-key-reused'] as const) : []),
    ...(reads ? (['read-model-behind'] as const) : []),
  ];
}

/** What an operation says by itself that it may be refused with. */
const problemsOf = (operation: Operation): ProblemName[] =>
  Object.values(operation.responses).flatMap(({ content }) =>
    Object.keys((content?.['application/problem+json'] as { examples?: object } | undefined)?.examples ?? {}),
  ) as ProblemName[];

/** Adds problems to an operation's own; the two may share a status. */
function withProblems(operation: Operation, own: readonly ProblemName[], usual: readonly ProblemName[]): void {
  for (const [status, response] of Object.entries(problemResponses([...own, ...usual]))) operation.responses[status] = response;
}

function complete(operation: Operation, method: string): void {
  const writes = method !== 'get' && !operation[WRITES_NOTHING];
  delete operation[WRITES_NOTHING];
  const own = problemsOf(operation);
  // what may be refused for its revision is what reads the header
  const ifMatch = own.includes('revision-conflict') ? [IF_MATCH] : [];
  operation.parameters = [...(operation.parameters ?? []), ...ifMatch, ...(writes ? WRITE_HEADERS : READ_HEADERS)];
  withProblems(operation, own, usualProblems(operation, writes, !writes));
  for (const response of Object.values(operation.responses)) response.headers = { ...response.headers, 'Coord-Position': POSITION };
}

/** Unknown fields are refused, and the document says so. */
function closeBody(operation: Operation, schemas: Record<string, Schema>): void {
  for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
    const body = schema?.$ref && schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (body) body.additionalProperties = false;
  }
}

function build(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Coord')
    .setDescription('An event-sourced coordination engine for teams of AI coding agents.')
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'The engine that serves this document.')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  document.components = { ...document.components, schemas: Object.assign(schemas, liftNamed(problemSchemas(), schemas)) as never };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as unknown as Operation | undefined;
      if (!operation) continue;
      closeBody(operation, schemas);
      if (path.startsWith(`${API_PREFIX}/`) && path !== `${API_PREFIX}/health`) complete(operation, method);
    }
  }
  document.paths = liftNamed(document.paths, schemas) as typeof document.paths;
  return document;
}

/** The OpenAPI document of the application, made when it is first asked for: a start should not wait for it. */
export class ApiDocument {
  private app: INestApplication | null = null;
  private made: OpenAPIObject | null = null;

  describe(app: INestApplication): void {
    this.app = app;
  }

  get document(): OpenAPIObject {
    if (!this.app) throw new Error('The application was not configured with configureApp.');
    this.made ??= build(this.app);
    return this.made;
  }
}

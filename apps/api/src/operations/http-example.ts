/** What is read of an OpenAPI document. */
export interface OpenApi {
  paths: Record<string, Record<string, Omit<DocumentedOperation, 'method' | 'path'>>>;
  components: { schemas: Record<string, Schema> };
}

export interface DocumentedOperation {
  method: string;
  path: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description?: string; content?: Record<string, { example?: unknown; examples?: object }> }>;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
}

const ADDRESS = 'http://127.0.0.1:8001';
const AN_ID = '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d10';
/** What a path names, where its parameter has no example of its own. */
const NAMED: Record<string, string> = { id: AN_ID, project_key: 'gururmm', component: 'api', task_id: 'task-42', session_id: 'WORKSHOP/claude-main' };

/** A call of the operation to paste into a shell, with the example of each field that has one and a value for each that is required. */
export function curlOf(operation: DocumentedOperation, document: OpenApi): string {
  const { method, path, parameters = [] } = operation;
  const query = parameters.filter((one) => one.in === 'query' && (one.required || one.schema?.example !== undefined));
  const search = query.map(({ name, schema = {} }) => `${name}=${encodeURIComponent(String(valueFor(name, schema)))}`).join('&');
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(exampleOf(parameters, name) ?? NAMED[name] ?? name)));
  const parts = [`curl${method === 'GET' ? '' : ` -X ${method}`} '${ADDRESS}${filled}${search && `?${search}`}'`];
  const body = bodyOf(operation, document);
  if (body !== undefined) parts.push("  -H 'Content-Type: application/json'", `  -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  return parts.join(' \\\n');
}

const exampleOf = (parameters: DocumentedOperation['parameters'], name: string): unknown =>
  parameters?.find((one) => one.in === 'path' && one.name === name)?.schema?.example;

function bodyOf({ requestBody, parameters = [] }: DocumentedOperation, { components }: OpenApi): object | undefined {
  const given = requestBody?.content['application/json']?.schema;
  // where the same fields may stand in the query, they stand there
  if (!given || parameters.some((one) => one.in === 'query')) return undefined;
  const schema = given.$ref ? (components.schemas[given.$ref.split('/').at(-1) ?? ''] ?? {}) : given;
  const { properties = {}, required = [] } = schema;
  const told = Object.entries(properties).filter(([name, field]) => required.includes(name) || field.example !== undefined);
  return Object.fromEntries(told.map(([name, field]) => [name, valueFor(name, field)]));
}

/** A value that the field takes. */
function valueFor(name: string, { example, enum: choices, type, format, items, minimum }: Schema): unknown {
  if (example !== undefined) return example;
  if (choices) return choices[0];
  switch ([type].flat()[0]) {
    case 'array':
      return items ? [valueFor(name, items)] : [];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return minimum ?? 1;
    case 'object':
      return {};
    default:
      return format === 'uuid' ? AN_ID : format === 'date-time' ? '2026-05-12T15:30:00.000Z' : (NAMED[name] ?? name.replaceAll('_', ' '));
  }
}

import { curlOf, type DocumentedOperation, type OpenApi } from './http-example';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const INTRODUCTION = `# HTTP API

Every route, with a call to paste and what it answers. Made from the engine's own description of itself, which \`/openapi.json\` serves and
\`/docs\` shows; after a change of the routes: \`npm run docs:http\`.

What holds for all of them stands in [concepts.md](concepts.md): who a session is, how to repeat a write safely (\`Idempotency-Key\`), how to read one's
own writes (\`Coord-Position\`), how lists are paged, and that every refusal is a problem document (RFC 9457) whose \`detail\` says what to do.
`;

/** The page \`docs/http.md\`, made from the OpenAPI document of an engine. */
export function httpDocs(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ method: method.toUpperCase(), path, ...item[method] }] : [])),
  );
  const tags = [...new Set(operations.map(({ tags: [tag = 'Other'] = [] }) => tag))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ tags: [first = 'Other'] = [] }) => first === tag);
    return `## ${tag}\n\n${own.map((operation) => sectionOf(operation, document)).join('\n\n')}`;
  });
  return `${INTRODUCTION}\n${sections.join('\n\n')}\n`;
}

function sectionOf(operation: DocumentedOperation, document: OpenApi): string {
  const { method, path, summary, description } = operation;
  return [
    `### \`${method} ${path}\``,
    `${summary}.${description ? ` ${description}` : ''}`,
    `\`\`\`sh\n${curlOf(operation, document)}\n\`\`\``,
    ...headersOf(operation),
    ...answersOf(operation),
    ...problemsOf(operation),
  ].join('\n\n');
}

/** The introduction speaks of the others. */
const headersOf = ({ parameters = [] }: DocumentedOperation): string[] =>
  parameters
    .filter((one) => one.in === 'header' && !['Idempotency-Key', 'Coord-Intended-At', 'Coord-Position'].includes(one.name))
    .map(({ name, description }) => `With the header \`${name}\`: ${description}`);

function answersOf({ responses }: DocumentedOperation): string[] {
  const shown = new Set<string>();
  return Object.entries(responses).flatMap(([status, { description, content }]) => {
    if (!status.startsWith('2')) return [];
    const [media = '', body] = Object.entries(content ?? {})[0] ?? [];
    const head = `${status}${description && description !== 'Done.' ? `: ${description}` : ''}`;
    if (body?.example === undefined) return [media ? `${head} (\`${media}\`)` : head];
    const isText = typeof body.example === 'string';
    const text = isText ? String(body.example).trimEnd() : JSON.stringify(body.example, null, 2);
    if (shown.has(text)) return [`${head} The body is the same.`];
    shown.add(text);
    return [`${head}\n\n\`\`\`${isText ? '' : 'json'}\n${text}\n\`\`\``];
  });
}

/** What any route may answer is not said of each. */
const USUAL = new Set(['internal-error', 'store-unavailable', 'malformed-json', 'body-too-large', 'unsupported-media-type', 'read-model-behind']);

function problemsOf({ responses }: DocumentedOperation): string[] {
  const problems = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {})
      .filter((name) => !USUAL.has(name))
      .map((name) => `\`${name}\` (${status})`),
  );
  return problems.length > 0 ? [`Refused with ${problems.join(', ')}.`] : [];
}

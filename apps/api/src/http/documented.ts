import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemName } from './problem-document';
import { problemExample, problemSchemaName } from './problem-schemas';

type Schema = Record<string, unknown>;

/** What an operation answers when it succeeds. */
export interface Success {
  /** Default 200. */
  status?: number;
  description?: string;
  /** A class with documented fields … */
  type?: Type<unknown>;
  /** … or a JSON Schema. Neither: no body. */
  schema?: Schema;
  /** An array of it, or `{items, next_cursor}` with `limit` or `cursor`. */
  list?: boolean;
  mediaType?: string;
  example?: unknown;
}

export interface Documentation {
  summary: string;
  description?: string;
  success: Success | Success[];
  /** Beside those that follow from the kind of route, which `openapi.ts` adds. */
  problems?: ProblemName[];
  /** A POST that writes nothing takes no `Idempotency-Key`. */
  writesNothing?: boolean;
}

/** Marks, for `openapi.ts`, what the document can't tell from the route alone. It does not stay in the document. */
export const WRITES_NOTHING = 'x-writes-nothing';

/** Shows an operation in the API's document: what it is for, what it answers, and what it can be refused with. */
export function Documented({ summary, description, success, problems = [], writesNothing = false }: Documentation): MethodDecorator {
  const answers = [success].flat();
  return applyDecorators(
    ApiOperation({ summary, ...(description && { description }) }),
    ...answers.map(answered),
    ...answers.flatMap(({ type }) => (type ? [ApiExtraModels(type)] : [])),
    ...Object.entries(problemResponses(problems)).map(([status, response]) => ApiResponse({ status: Number(status), ...response } as never)),
    ...(writesNothing ? [ApiExtension(WRITES_NOTHING, true)] : []),
  );
}

function answered({ status = 200, description, type, schema, list, mediaType = 'application/json', example }: Success): MethodDecorator {
  const one: Schema | undefined = type ? { $ref: getSchemaPath(type) } : schema;
  const whole = one && list ? listOf(one) : one;
  const content = whole && { [mediaType]: { schema: whole, ...(example !== undefined && { example }) } };
  return ApiResponse({ status, description: description ?? 'Done.', ...(content && { content }), ...(list && { headers: { Link: LINK } }) } as never);
}

const LINK = { description: 'Where there is more: `<…>; rel="next"`, the address of the next page.', schema: { type: 'string' } };

const listOf = (item: Schema): Schema => ({
  oneOf: [
    { type: 'array', items: item, maxItems: 500 },
    {
      type: 'object',
      required: ['items', 'next_cursor'],
      properties: { items: { type: 'array', items: item }, next_cursor: { type: ['string', 'null'] } },
    },
  ],
});

/** The responses of an operation for these problems, by status: one status may stand for several. */
export function problemResponses(names: readonly ProblemName[]): Record<string, { description: string; content: Schema }> {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of new Set(names)) byStatus.set(PROBLEMS[name].status, [...(byStatus.get(PROBLEMS[name].status) ?? []), name]);
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      status,
      {
        description: these.map((name) => `\`${name}\`: ${PROBLEMS[name].title}.`).join(' '),
        content: {
          [PROBLEM_MEDIA_TYPE]: {
            schema: schemaFor(these),
            examples: Object.fromEntries(these.map((name) => [name, { value: problemExample(name) }])),
          },
        },
      },
    ]),
  );
}

const refTo = (name: ProblemName): Schema => ({ $ref: `#/components/schemas/${problemSchemaName(name)}` });
const schemaFor = (names: readonly ProblemName[]): Schema => (names.length === 1 && names[0] ? refTo(names[0]) : { oneOf: names.map(refTo) });

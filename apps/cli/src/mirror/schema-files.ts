import { join } from 'node:path';
import { answered, type CoordClient } from '@coord/client/index';
import type { ValidateFunction } from 'ajv';
import { replaceFile, textOf } from './durable-files';
import { isObject, type JsonObject, objectIn } from './json-values';

const MESSAGE_SCHEMA = 'coordination-message-v1.0.schema.json';
const TASK_SCHEMA = 'task-progress-v1.0.schema.json';

/** Whether a value is as a schema wants it: nothing, or what is wrong with it. */
export type Check = (value: unknown) => string | null;

/** The schemas of the engine, which reference 003 expects in `schemas/` of a project. */
export class SchemaFiles {
  /** A message, the metadata of one, a task. */
  message: Check = () => null;
  metadata: Check = () => null;
  task: Check = () => null;
  #fetched = false;

  constructor(
    private readonly api: CoordClient,
    private readonly folder: string,
  ) {}

  /** Asks the engine, once, and writes the files; those of others stay. Gives the paths that it wrote. */
  async fetch(): Promise<string[]> {
    if (this.#fetched) return [];
    const message = await this.#asked(`/api/coord/schemas/${MESSAGE_SCHEMA}`);
    const task = await this.#asked(`/api/coord/schemas/${TASK_SCHEMA}`);
    this.message = checkOf(message);
    this.task = checkOf(task);
    const properties = isObject(message.properties) ? message.properties : {};
    this.metadata = checkOf(isObject(properties.metadata) ? properties.metadata : {});
    this.#fetched = true;
    return [...this.#write(MESSAGE_SCHEMA, message), ...this.#write(TASK_SCHEMA, task)];
  }

  async #asked(path: `/api/coord/schemas/${typeof MESSAGE_SCHEMA | typeof TASK_SCHEMA}`): Promise<JsonObject> {
    return (await answered(this.api.GET(path))) as unknown as JsonObject;
  }

  #write(name: string, schema: JsonObject): string[] {
    const path = join(this.folder, name);
    const before = textOf(path);
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    const theirs = before !== null && objectIn(before)?.$id !== schema.$id;
    if (before === text || theirs) return [];
    replaceFile(path, text);
    return [path];
  }
}

/** Times are left to the engine, which takes more forms than the format names. */
function checkOf(schema: JsonObject): Check {
  // loaded here: no other command needs it, and it takes as long to load as they take to run
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const validate: ValidateFunction = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  return (value) => {
    if (validate(value)) return null;
    const mistakes = (validate.errors ?? []).map(({ instancePath, message = 'is not valid', params }) => {
      const name = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
      return `- ${instancePath || 'the document'}: ${message}${name}`;
    });
    return ['It is not as its schema (schemas/*.schema.json) wants it:', ...mistakes.slice(0, 20)].join('\n');
  };
}

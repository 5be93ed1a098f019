// Reads the engine's OpenAPI document from standard input and writes the types of its client: `npm run -s client:types -- URL > libs/client/protocol.d.ts`.
import { text } from 'node:stream/consumers';
import openapiTS, { astToString } from 'openapi-typescript';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Types hold no examples; and a refusal is a problem document on every route, which the client throws as one error. */
function bare(value) {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(name === 'example' || name === 'examples' || name === 'headers' || (/^[45]\d\d$/.test(name) && isObject(member))))
      .map(([name, member]) => [name, bare(member)]),
  );
}

const [url] = process.argv.slice(2);
const document = url === undefined ? await text(process.stdin) : await (await fetch(new URL('/openapi.json', url))).text();
const types = astToString(await openapiTS(bare(JSON.parse(document)), { emptyObjectsUnknown: true, alphabetize: false }));
process.stdout.write(`// Generated from the OpenAPI document of the engine; CONTRIBUTING.md says how. Do not edit.\n${types}`);

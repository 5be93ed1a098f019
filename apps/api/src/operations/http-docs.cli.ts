import { httpDocs } from './http-docs';
import type { OpenApi } from './http-example';

/** `node http-docs.cli.js http://127.0.0.1:8001 > docs/http.md`: the page on its routes, as a running engine describes them. */
async function main([url]: string[]): Promise<void> {
  if (url === undefined) throw new Error('Say where an engine runs, as http://127.0.0.1:8001.');
  const answer = await fetch(new URL('/openapi.json', url));
  process.stdout.write(httpDocs((await answer.json()) as OpenApi));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

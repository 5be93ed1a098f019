import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of the package that this file came with. */
export function version(folder = __dirname): string {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as { version: string }).version;
    } catch (error) {
      if (dirname(at) === at) throw error;
    }
  }
}

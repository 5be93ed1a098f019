import { createProgram } from '../program';
import { cliDocs } from './cli-docs';

// `npm run -s docs:cli > docs/cli.md`
process.stdout.write(cliDocs(createProgram(null)));

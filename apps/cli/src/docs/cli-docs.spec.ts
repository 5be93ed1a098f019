import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpOf } from '../help';
import { createProgram } from '../program';
import { cliDocs } from './cli-docs';
import { leavesOf, pathOf } from './commands-in';

const program = createProgram(null);

test('docs/cli.md is what the commands are (else: npm run -s docs:cli > docs/cli.md)', () => {
  expect(readFileSync(join(__dirname, '../../../../docs/cli.md'), 'utf8')).toBe(cliDocs(program));
});

test('every command has an example (else: give it one by withHelp, apps/cli/src/help.ts)', () => {
  expect(
    leavesOf(program)
      .filter((command) => !helpOf(command).help?.examples.length)
      .map(pathOf),
  ).toEqual([]);
});

test('every example is of the command that it stands at', () => {
  for (const command of leavesOf(program))
    for (const example of helpOf(command).help?.examples ?? []) expect(example).toContain(`coord ${pathOf(command)}`);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { until } from '../../../../test/support/until';
import { Child } from './child';

afterAll(removeFolders);

test.each([true, false])('what a command has started ends with it, on a terminal: %s', async (onTerminal) => {
  const file = join(await temporaryFolder(), 'pid');
  const child = new Child(['sh', '-c', `(trap "" TERM; sh -c 'echo $$ > "$FILE"; exec sleep 60'; :) & wait`], { FILE: file }, onTerminal);
  const said = (): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  await until('the inner one runs', () => said().endsWith('\n'));
  await child.stop(100);
  await until('it is gone', () => {
    try {
      return !process.kill(Number(said()), 0);
    } catch {
      return true;
    }
  });
});

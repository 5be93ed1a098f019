import { execFileSync } from 'node:child_process';
import { shellWord } from './shell-word';

test.each(['HOWARD-HOME/claude-main', '$(touch x)', '`id`', 'a "b" \'c\' \\ !d', '-x; y & z', ''])(
  '%j is one word that a shell takes as it is',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

test('what would move the cursor is shown instead', () => {
  expect(shellWord('a\u001b[2Kb')).toBe("'a\\x1b[2Kb'");
});

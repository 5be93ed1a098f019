import { Command } from 'commander';
import { wordsFor } from './words-with-blanks';

/** What a command of two words and some options is given. */
async function given(...words: string[]): Promise<unknown[]> {
  let seen: unknown[] = [];
  const program = new Command('coord').exitOverride().option('--url <address>');
  program
    .command('send <to> [body]')
    .option('--text <text>')
    .option('--ref <id...>')
    .option('-f, --follow')
    .action((to, body, options) => {
      seen = [to, body, { ...options }];
    });
  await program.parseAsync(wordsFor(program, ['send', ...words]), { from: 'user' });
  return seen;
}

test.each([
  [
    ['ALL', '- fixed the parser'],
    ['ALL', '- fixed the parser', {}],
  ],
  [
    ['ALL', '--json is the default\nnow'],
    ['ALL', '--json is the default\nnow', {}],
  ],
  [
    ['ALL', '-f is for follow'],
    ['ALL', '-f is for follow', {}],
  ],
  [
    ['ALL', '--body=x is gone'],
    ['ALL', '--body=x is gone', {}],
  ],
  [
    ['- a', 'b', '--text', '- c d'],
    ['- a', 'b', { text: '- c d' }],
  ],
  [
    ['ALL', '--text=- c d', '-f'],
    ['ALL', undefined, { text: '- c d', follow: true }],
  ],
  [
    ['ALL', 'b', '--ref', 'one', '- two three'],
    ['ALL', 'b', { ref: ['one', '- two three'] }],
  ],
  [
    ['ALL', '--', '- c d'],
    ['ALL', '- c d', {}],
  ],
])('%j', async (words, wanted) => {
  expect(await given(...words)).toEqual(wanted);
});

test('an option without a blank in it stays one', async () => {
  await expect(given('ALL', '--fixed').catch((error: Error) => Promise.reject(error.message))).rejects.toMatch("unknown option '--fixed'");
});

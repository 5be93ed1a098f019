import { spawnSync } from 'node:child_process';
import { createProgram } from '../program';
import { script } from './scripts';
import { vocabularyOf } from './vocabulary';

const vocabulary = vocabularyOf(createProgram(null));

/** What bash offers at the end of these words. */
function offered(...words: string[]): string[] {
  const line = ['coord', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `${script('bash', vocabulary)}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _coord; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test('commands are completed, and those below them', () => {
  expect(offered('wo')).toEqual(['work', 'workflow']);
  expect(offered('work', 'c')).toEqual(['claim', 'cancel']);
});

test('an option is completed where it belongs, and its values where they are a choice', () => {
  expect(offered('history', '--fo')).toEqual(['--follow']);
  expect(offered('work', 'list', '--status', 'c')).toEqual(['completed', 'cancelled']);
  expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
});

test('the value of an option is no command', () => {
  expect(offered('--session', 'work', 'se')).toEqual(['session', 'server']);
  expect(offered('--session', '')).toEqual([]);
});

test.each(['zsh', 'fish'] as const)('%s is told of every command', (shell) => {
  const text = script(shell, vocabulary);
  for (const { path } of vocabulary.places) if (path !== '') expect(text).toContain(`'${path.replaceAll("'", "\\'")}'`);
});

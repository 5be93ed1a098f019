import { hookCall } from './hook-call';

test.each([
  ['hook claude PreToolUse', ['claude', 'PreToolUse'], {}],
  ['hook claude PreToolUse --url http://e --session=A/x', ['claude', 'PreToolUse'], { url: 'http://e', session: 'A/x' }],
  ['--project p --json hook --text claude', ['claude'], { project: 'p' }],
])('%s', (line, words, flags) => {
  expect(hookCall(line.split(' '))).toEqual({ words, flags });
});

test.each(['hooks list', 'msg send ALL hook', '--session hook status', 'hook --help'])('%s is no call of a hook', (line) => {
  expect(hookCall(line.split(' '))).toBeNull();
});

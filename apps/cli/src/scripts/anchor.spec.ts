import { anchorOf } from './anchor';
import { type Process, processesIn } from './processes';

const chain = (...names: string[]): Process[] =>
  names.map((name, index) => {
    const above = index === names.length - 1;
    return {
      pid: above ? 1 : 100 - index,
      ppid: above ? 0 : 99 - index,
      name: name.replace('!', ''),
      started: '7',
      leadsTerminal: name.endsWith('!'),
    };
  });
const anchor = (...names: string[]): string | undefined => anchorOf(chain(...names))?.name;

test('an agent stands for its session, whatever shells are between', () => {
  expect(anchor('bash', 'timeout', 'claude', 'zsh!', 'tmux: server', 'systemd')).toBe('claude');
});
test('a shell that somebody types into stands for the session of its terminal', () => {
  expect(anchor('sh', 'zsh!', 'tmux: server', 'systemd')).toBe('zsh');
});
test('a loop of shells is known by the outermost', () => {
  expect(anchorOf(chain('sh', 'bash', 'dash', 'init'))).toMatchObject({ name: 'dash' });
});
test('where every call stands alone, nothing stands for it', () => {
  expect(anchor('sh', 'init')).toBeUndefined();
  expect(anchorOf([])).toBeNull();
});

test('what ps lists is read', () => {
  const listing =
    '  501   400 Ss   ttys001  Sat Nov 15 18:00:00 2025     -zsh\n  502   501 S+   ??       Sat Nov 15 18:00:01 2025     /usr/local/bin/my agent\n';
  expect(processesIn(listing)).toEqual([
    { pid: 501, ppid: 400, name: '-zsh', started: 'Sat Nov 15 18:00:00 2025', leadsTerminal: true },
    { pid: 502, ppid: 501, name: 'my agent', started: 'Sat Nov 15 18:00:01 2025', leadsTerminal: false },
  ]);
});

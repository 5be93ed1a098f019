import { ourCommands, type Settings, withHooks, withoutHooks } from './merge';
import { wiring } from './wiring';

const entries = wiring('claude', 'coord');
const ours = withHooks({}, 'claude', entries);

const THEIRS: Settings = {
  permissions: { allow: ['Bash(ls)'] },
  hooks: {
    Stop: [{ hooks: [{ type: 'command', command: './bell.sh' }] }],
    PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'x' }] }],
  },
  model: 'opus',
};

test('what is there stays, in its order, and ours comes last', () => {
  const merged = withHooks(THEIRS, 'claude', entries);
  expect(Object.keys(merged)).toEqual(['permissions', 'hooks', 'model']);
  const { hooks } = merged as { hooks: Record<string, object[]> };
  expect(Object.keys(hooks)).toEqual(['Stop', 'PreToolUse', 'SessionStart', 'UserPromptSubmit', 'SessionEnd']);
  expect(hooks.PreToolUse?.[0]).toEqual({ matcher: 'Bash', hooks: [{ type: 'command', command: 'x' }] });
  expect(hooks.PreToolUse?.[1]).toMatchObject({
    matcher: expect.stringContaining('Edit|Write|MultiEdit|NotebookEdit'),
    hooks: [{ type: 'command', command: 'coord hook claude PreToolUse || true', timeout: 5 }],
  });
});

test('a second time changes nothing', () => {
  expect(withHooks(ours, 'claude', entries)).toEqual(ours);
});

test('a command that moved is brought up to date where it stands, and what its user changed beside it stays', () => {
  const moved = wiring('claude', '"/usr/bin/node" "/opt/x/main.js"');
  const old = withHooks(THEIRS, 'claude', moved) as { hooks: Record<string, [{ hooks: [{ timeout: number }] }, { hooks: [{ timeout: number }] }]> };
  for (const handler of old.hooks.PreToolUse?.[1].hooks ?? []) handler.timeout = 9;
  const { hooks } = withHooks(old, 'claude', entries) as { hooks: Record<string, object[]> };
  expect(hooks.PreToolUse).toHaveLength(2);
  expect(hooks.PreToolUse?.[1]).toMatchObject({ hooks: [{ command: 'coord hook claude PreToolUse || true', timeout: 9 }] });
});

test('taken out again, all is as it was', () => {
  expect(withoutHooks(withHooks(THEIRS, 'claude', entries), 'claude')).toEqual(THEIRS);
  expect(withoutHooks(ours, 'claude')).toEqual({});
  expect(withoutHooks({ hooks: { Stop: [] } }, 'claude')).toEqual({ hooks: { Stop: [] } });
});

test('a hook of ours within a group of others is the only one taken out', () => {
  const group = {
    hooks: {
      Stop: [
        {
          hooks: [
            { type: 'command', command: 'x' },
            { type: 'command', command: 'coord hook claude Stop' },
          ],
        },
      ],
    },
  };
  expect(withoutHooks(group, 'claude')).toEqual({ hooks: { Stop: [{ hooks: [{ type: 'command', command: 'x' }] }] } });
});

test.each([
  ['codex', ['PreToolUse', 'SessionStart', 'UserPromptSubmit', 'Stop', 'SessionEnd']],
  ['gemini', ['BeforeTool', 'SessionStart', 'BeforeAgent', 'SessionEnd']],
  ['cursor', ['preToolUse', 'sessionStart', 'beforeSubmitPrompt', 'stop', 'sessionEnd']],
] as const)('%s in its own form', (agent, events) => {
  const settings = withHooks({}, agent, wiring(agent, 'coord'));
  expect(Object.keys(ourCommands(settings, agent))).toEqual(events);
  expect(settings.version).toBe(agent === 'cursor' ? 1 : undefined);
});

test('settings of another form are not touched', () => {
  expect(() => withHooks({ hooks: [] }, 'claude', entries)).toThrow('its "hooks" is no object');
  expect(() => withHooks({ hooks: { Stop: {} } }, 'claude', entries)).toThrow('its "hooks.Stop" is no list');
});

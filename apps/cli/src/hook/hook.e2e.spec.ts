import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, listOf } from '../../../../test/support/api';
import { COORD, type CommandRun, coord, environmentIn } from '../../../../test/support/coord-command';
import { AGENTS, type Agent } from './payload';
import { CONVERSATION, editPayload, patchOf } from './sample-payload';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

/** A project of its own: a folder with `.coord.json`. */
async function project(): Promise<{ key: string; folder: string }> {
  const key = api.name('p');
  const folder = await temporaryFolder();
  writeFileSync(join(folder, '.coord.json'), JSON.stringify({ project_key: key }));
  return { key, folder };
}

/** The session of the samples' conversation. */
const sessionOf = (agent: Agent): string => `M/${agent}-12345678`;
const eventPayload = (folder: string, more: object = {}): string => JSON.stringify({ session_id: CONVERSATION, cwd: folder, ...more });

/** Time enough for a busy machine: that it answers in time is another test. */
const patient = { COORD_MACHINE: 'M', COORD_HOOK_WITHIN: '15000' };

const run = (folder: string, words: string[], input: string, env: Record<string, string> = {}): Promise<CommandRun> =>
  coord({ folder, env: { COORD_URL: api.url, ...patient, ...env } }, ['hook', ...words], input);

async function answer(folder: string, words: string[], input: string, env: Record<string, string> = {}): Promise<unknown> {
  const { code, stdout, stderr } = await run(folder, words, input, env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const EDIT_EVENT = { claude: 'PreToolUse', codex: 'PreToolUse', gemini: 'BeforeTool', cursor: 'preToolUse' };
const GOES_ON = { claude: {}, codex: {}, gemini: {}, cursor: { permission: 'allow' } };

const REASON = [
  'src/a.ts is locked by OTHER/claude-main until 2026-05-12 14:00 UTC (for another 2 h), for: Adding endpoints.',
  'Do not change it in another way. What to do:',
  '- wait until it is free: coord lock wait KEY src/a.ts',
  '- ask its holder: coord msg send OTHER/claude-main "<subject>" "<body>"',
  '- or work on something else meanwhile.',
].join('\n');

describe.each(AGENTS)('%s', (agent) => {
  test('an edit of a file that another session has locked is denied, the same edit of another file is not', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'OTHER/claude-main', 'src/a.ts', { description: 'Adding endpoints' });
    const reason = REASON.replace('KEY', key);
    const denied = {
      claude: { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } },
      codex: { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } },
      gemini: { decision: 'deny', reason },
      cursor: { permission: 'deny', user_message: reason, agent_message: reason, decision: 'deny', reason },
    };
    expect(await answer(folder, [agent, EDIT_EVENT[agent]], editPayload(agent, folder, 'src/a.ts'))).toEqual(denied[agent]);
    expect(await answer(folder, [agent, EDIT_EVENT[agent]], editPayload(agent, folder, 'src/b.ts'))).toEqual(GOES_ON[agent]);
  });

  test('its own lock is not in its way', async () => {
    const { key, folder } = await project();
    await api.claim(key, sessionOf(agent), 'src');
    expect(await answer(folder, [agent, EDIT_EVENT[agent]], editPayload(agent, folder, 'src/a.ts'))).toEqual(GOES_ON[agent]);
  });

  test('it goes on when the engine is away', async () => {
    const { folder } = await project();
    const { code, stdout, stderr } = await run(folder, [agent, EDIT_EVENT[agent]], editPayload(agent, folder, 'a'), {
      COORD_URL: 'http://127.0.0.1:1',
    });
    expect({ code, answer: JSON.parse(stdout) }).toEqual({ code: 0, answer: GOES_ON[agent] });
    expect(stderr).toBe('coord hook: not checked: no answer from the engine at http://127.0.0.1:1 (ECONNREFUSED)\n');
  });
});

const claude = (folder: string, input: object): Promise<unknown> =>
  answer(folder, ['claude', 'PreToolUse'], eventPayload(folder, { hook_event_name: 'PreToolUse', ...input }));
const DENIED = { hookSpecificOutput: expect.objectContaining({ permissionDecision: 'deny' }) };

describe('what is in the way', () => {
  test('a lock of the machine, which its agents share, is not', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'M/claude-main', 'a.ts');
    expect(await claude(folder, { tool_name: 'Write', tool_input: { file_path: `${folder}/a.ts` } })).toEqual({});
  });

  test('a lock of another conversation on the same machine is', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'M/claude-87654321', 'a.ts');
    expect(await claude(folder, { tool_name: 'NotebookEdit', tool_input: { notebook_path: `${folder}/a.ts` } })).toEqual(DENIED);
  });

  test('where the settings name the session, locks of the machine are', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'M/claude-main', 'a.ts');
    await api.claim(key, 'M/howard', 'b.ts');
    const edit = (file: string): string => editPayload('claude', folder, file);
    expect(await answer(folder, ['claude', 'PreToolUse'], edit('a.ts'), { COORD_SESSION_ID: 'M/howard' })).toEqual(DENIED);
    expect(await answer(folder, ['claude', 'PreToolUse'], edit('b.ts'), { COORD_SESSION_ID: 'M/howard' })).toEqual({});
  });

  test('a shared lock is, unless the session shares it', async () => {
    const { key, folder } = await project();
    const input = { tool_name: 'MultiEdit', tool_input: { file_path: `${folder}/a.ts`, edits: [] } };
    await api.claim(key, 'OTHER/x', 'a.ts', { mode: 'shared' });
    expect(await claude(folder, input)).toEqual(DENIED);
    await api.claim(key, sessionOf('claude'), 'a.ts', { mode: 'shared' });
    expect(await claude(folder, input)).toEqual({});
  });

  test('a patch of several files is refused for the one that is locked, also when there are many', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'OTHER/x', 'src/**/*.sql');
    for (const files of [
      ['a.ts', 'src/db/b.sql'],
      ['1', '2', '3', '4', '5', 'src/db/b.sql'],
    ]) {
      const input = { tool_name: 'Bash', tool_input: { command: `apply_patch <<'EOF'\n${patchOf(files)}EOF` } };
      expect(JSON.stringify(await claude(folder, input))).toContain('src/db/b.sql is locked by OTHER/x (its lock is on src/**/*.sql)');
    }
  });

  test('a pattern is for what it matches alone', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'OTHER/x', '**/*.sql');
    expect(await claude(folder, { tool_name: 'Edit', tool_input: { file_path: `${folder}/src/a.ts` } })).toEqual({});
    expect(await claude(folder, { tool_name: 'Edit', tool_input: { file_path: `${folder}/src/a.sql` } })).toEqual(DENIED);
  });

  test('a link to a locked file is', async () => {
    const { key, folder } = await project();
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/a.ts'), '');
    symlinkSync('src/a.ts', join(folder, 'link.ts'));
    await api.claim(key, 'OTHER/x', 'src/a.ts');
    expect(await claude(folder, { tool_name: 'Edit', tool_input: { file_path: 'link.ts' } })).toEqual(DENIED);
  });

  test('reading, and files outside of the project, are not', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'OTHER/x', '**');
    expect(await claude(folder, { tool_name: 'Read', tool_input: { file_path: `${folder}/a.ts` } })).toEqual({});
    expect(await claude(folder, { tool_name: 'Write', tool_input: { file_path: '/elsewhere/a.ts' } })).toEqual({});
  });
});

describe('whatever breaks, the tool goes on', () => {
  const servers: Server[] = [];
  afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

  /** Something that listens and is no engine. */
  async function listening(say: string | null): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      if (say !== null) socket.end(say);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  }

  test.each([
    ['that never answers', null, 'too late|800 ms have passed'],
    ['that does not speak HTTP', 'hello', 'HPE_'],
    ['that gives no JSON', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi', 'it is no JSON'],
    ['that gives no locks', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n[1]', 'it gave no list of locks'],
    ['that is out of order', 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 30\r\ncontent-length: 0\r\n\r\n', '503'],
  ])('with an engine %s', async (_, said, why) => {
    const { folder } = await project();
    const began = performance.now();
    const { code, stdout, stderr } = await run(folder, ['claude', 'PreToolUse'], editPayload('claude', folder, 'a'), {
      COORD_URL: await listening(said),
      ...(said === null && { COORD_HOOK_WITHIN: '' }),
    });
    // 800 ms, and what a busy machine takes to start a process: far less than any other bound that a request has.
    if (said === null) expect(performance.now() - began).toBeLessThan(800 + 5_000);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{}\n' });
    expect(stderr).toMatch(new RegExp(why));
  });

  test.each([
    ['an input that is no JSON', ['cursor', 'preToolUse'], '{"tool', '{"permission":"allow"}\n'],
    ['no input', ['gemini', 'BeforeTool'], '', '{}\n'],
    ['a tool that is not known', ['clade', 'PreToolUse'], '{}', '{}\n'],
  ])('with %s', async (_, words, input, said) => {
    const { code, stdout, stderr } = await run((await project()).folder, words, input);
    expect({ code, stdout }).toEqual({ code: 0, stdout: said });
    expect(stderr).toContain('coord hook: not checked:');
  });

  test('with an event that is not known', async () => {
    expect(await answer((await project()).folder, ['claude', 'Notification'], '{}')).toEqual({});
  });

  test('with settings that are broken', async () => {
    const { folder } = await project();
    writeFileSync(join(folder, '.coord.json'), '{');
    const { code, stdout, stderr } = await run(folder, ['claude', 'PreToolUse'], editPayload('claude', folder, 'a'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{}\n' });
    expect(stderr).toContain('.coord.json is no JSON object');
  });

  test('with an input that never ends', async () => {
    const { folder } = await project();
    const child = spawn(process.execPath, [COORD, 'hook', 'claude', 'PreToolUse'], { env: environmentIn({ folder }), stdio: 'pipe' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write('{');
    expect([await text(child.stdout), await ended]).toEqual(['{}\n', 0]);
  });
});

const printed = (from: string, subject: string, body: string): string => {
  const line = '='.repeat(60);
  return `${line}\nMESSAGE FROM ${from} — ${subject}\n${line}\n${body}\n${line}`;
};

describe('news', () => {
  test('a session begins with its unread messages and the locks of its project, and its commands learn its name', async () => {
    const { key, folder } = await project();
    await api.claim(key, 'OTHER/claude-main', 'src', { description: 'Moving files' });
    await api.message('OTHER/claude-main', 'M/claude-main', { subject: 'Pipeline', body: 'Wire it\nin.' });
    const env = { CLAUDE_ENV_FILE: join(folder, 'env') };
    const said = await answer(folder, ['claude', 'SessionStart'], eventPayload(folder, { source: 'startup' }), env);
    const { additionalContext } = (said as { hookSpecificOutput: { additionalContext: string } }).hookSpecificOutput;
    expect(additionalContext).toContain(
      `UNREAD COORD MESSAGES (1). Show them to your user word for word before you do anything else.\n${printed('OTHER/claude-main', 'Pipeline', 'Wire it\nin.')}`,
    );
    expect(additionalContext).toContain(`you are session M/claude-12345678 in project ${key}`);
    expect(additionalContext).toContain('- src: OTHER/claude-main, for another 2 h, Moving files');
    expect(readFileSync(env.CLAUDE_ENV_FILE, 'utf8')).toBe('export COORD_SESSION_ID=M/claude-12345678\n');
    expect(listOf((await api.get('/messages?to_session=M/claude-main&unread_only=true')).body)).toEqual([]);
    expect((await api.get('/sessions/M%2Fclaude-12345678')).body).toMatchObject({
      agent: 'claude',
      machine: 'M',
      project_key: key,
      status: 'active',
    });
  });

  test('a session begins with the writes that were queued, and with what became of them', async () => {
    const { key, folder } = await project();
    mkdirSync(join(folder, '.claude'));
    const queue = join(folder, '.claude/coord-queue.jsonl');
    const body = { project_key: key, component: 'server', state: 'built', updated_by: 'M/claude-main' };
    const lock = { project_key: key, session_id: 'M/claude-main', resource: 'src' };
    const line = (method: string, path: string, sent: object): string => JSON.stringify({ ts: '2026-05-12T11:30:00Z', method, path, body: sent });
    writeFileSync(queue, `${line('PUT', '/api/coord/components', body)}\n${line('POST', '/api/coord/locks', lock)}\n`);
    await api.claim(key, 'OTHER/x', 'src');
    const said = JSON.stringify(await answer(folder, ['gemini', 'SessionStart'], eventPayload(folder)));
    expect(said).toContain('1 were sent and 1 refused.');
    expect((await api.get(`/components/${key}/server`)).body).toMatchObject({ state: 'built' });
    expect(existsSync(queue)).toBe(false);
  });

  test('a session begins also without an engine, and is told so', async () => {
    const { folder } = await project();
    const { stdout } = await run(folder, ['codex', 'SessionStart'], eventPayload(folder), { COORD_URL: 'http://127.0.0.1:1' });
    expect(stdout).toContain('Until it is back, no lock is enforced.');
  });

  test.each([
    ['claude', 'UserPromptSubmit', (text: string) => ({ hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: text } })],
    ['claude', 'Stop', (text: string) => ({ decision: 'block', reason: text })],
    ['codex', 'Stop', (text: string) => ({ decision: 'block', reason: text })],
    ['gemini', 'BeforeAgent', (text: string) => ({ hookSpecificOutput: { hookEventName: 'BeforeAgent', additionalContext: text } })],
    ['cursor', 'stop', (text: string) => ({ followup_message: text })],
  ] as const)('%s brings what came meanwhile at %s, once', async (agent, event, form) => {
    const { folder } = await project();
    const from = api.name('S/from');
    await api.message(from, sessionOf(agent), { subject: 'Hi', body: '\u001b[31mred' });
    const text = `UNREAD COORD MESSAGES (1). Show them to your user word for word before you do anything else.\n${printed(from, 'Hi', '\\x1b[31mred')}`;
    expect(await answer(folder, [agent, event], eventPayload(folder))).toEqual(form(text));
    expect(await answer(folder, [agent, event], eventPayload(folder))).toEqual({});
  });

  test('an agent that a message sent on is not sent on by the next one; it comes with the prompt', async () => {
    const { folder } = await project();
    await api.message(api.name('S/from'), sessionOf('claude'));
    expect(await answer(folder, ['claude', 'Stop'], eventPayload(folder, { stop_hook_active: true }))).toEqual({});
    expect(await answer(folder, ['claude', 'UserPromptSubmit'], eventPayload(folder))).not.toEqual({});
  });

  test('the prompt of Cursor takes no text: its messages stay unread', async () => {
    const { folder } = await project();
    await api.message(api.name('S/from'), sessionOf('cursor'));
    expect(await answer(folder, ['cursor', 'beforeSubmitPrompt'], eventPayload(folder))).toEqual({ continue: true });
    expect(await answer(folder, ['cursor', 'stop'], eventPayload(folder, { status: 'completed', loop_count: 0 }))).toHaveProperty('followup_message');
  });

  test('more messages than a tool takes are brought in parts', async () => {
    const { folder } = await project();
    for (const subject of ['one', 'two', 'three']) await api.message(api.name('S/from'), sessionOf('gemini'), { subject, body: 'x'.repeat(3_000) });
    expect(JSON.stringify(await answer(folder, ['gemini', 'BeforeAgent'], eventPayload(folder)))).toMatch(/one.*two.*1 more: coord msg inbox/);
    expect(JSON.stringify(await answer(folder, ['gemini', 'BeforeAgent'], eventPayload(folder)))).toContain('three');
  });
});

test('the end of a conversation releases what it has locked', async () => {
  const { key, folder } = await project();
  await api.claim(key, sessionOf('claude'), 'a.ts');
  expect(await answer(folder, ['claude', 'SessionEnd'], eventPayload(folder, { reason: 'exit' }))).toEqual({});
  expect(listOf((await api.get(`/locks?project_key=${key}`)).body)).toEqual([]);
});

test('the end of a conversation that the engine does not hear of waits in the queue, and comes before its next start', async () => {
  const { key, folder } = await project();
  mkdirSync(join(folder, '.claude'));
  await answer(folder, ['claude', 'SessionStart'], eventPayload(folder));
  await api.claim(key, sessionOf('claude'), 'a.ts');
  const away = { COORD_URL: 'http://127.0.0.1:1' };
  const { code, stdout, stderr } = await run(folder, ['claude', 'SessionEnd'], eventPayload(folder, { reason: 'exit' }), away);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{}\n', stderr: expect.stringContaining('the end of the session waits in') });
  expect(await answer(folder, ['claude', 'SessionStart'], eventPayload(folder))).not.toEqual({});
  expect(listOf((await api.get(`/locks?project_key=${key}`)).body)).toEqual([]);
  expect((await api.get('/sessions/M%2Fclaude-12345678')).body).toMatchObject({ status: 'active' });
});

test('the end of a session that the settings name does not wait', async () => {
  const { folder } = await project();
  mkdirSync(join(folder, '.claude'));
  const away = { COORD_URL: 'http://127.0.0.1:1', COORD_SESSION_ID: 'M/howard' };
  expect((await run(folder, ['claude', 'SessionEnd'], eventPayload(folder), away)).code).toBe(0);
  expect(existsSync(join(folder, '.claude/coord-queue.jsonl'))).toBe(false);
});

test('global options stand anywhere on the line, and what is wrong with others is nobody’s refusal', async () => {
  const { key, folder } = await project();
  await api.claim(key, 'OTHER/x', 'a.ts');
  const ask = (...words: string[]) => coord({ folder, env: patient }, words, editPayload('claude', folder, 'a.ts'));
  const [denied, own, wrong] = await Promise.all([
    ask('hook', 'claude', 'PreToolUse', '--url', api.url),
    ask('--url', api.url, 'hook', 'claude', '--session=OTHER/x', 'PreToolUse'),
    ask('hook', '--unknown', 'clade'),
  ]);
  expect([denied, own, wrong].map(({ code }) => code)).toEqual([0, 0, 0]);
  expect([denied, own, wrong].map(({ stdout }) => JSON.parse(stdout))).toEqual([DENIED, {}, {}]);
});

test('an agent that another agent started acts as that one, and does not end it', async () => {
  const { key, folder } = await project();
  await api.claim(key, 'M/claude-87654321', 'a.ts');
  const env = { COORD_SESSION_ID: 'M/claude-87654321' };
  expect(await answer(folder, ['claude', 'PreToolUse'], editPayload('claude', folder, 'a.ts'), env)).toEqual({});
  expect(await answer(folder, ['claude', 'SessionEnd'], eventPayload(folder, { reason: 'exit' }), env)).toEqual({});
  expect(listOf((await api.get(`/locks?project_key=${key}`)).body)).toHaveLength(1);
});

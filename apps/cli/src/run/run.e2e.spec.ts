import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, type Json, listOf } from '../../../../test/support/api';
import { COORD, coord, type RunningCoord, startCoord } from '../../../../test/support/coord-command';
import { until } from '../../../../test/support/until';

let api: Api;
let folder: string;
const where = (project: string, url = api.url) => ({ folder, env: { COORD_URL: url, COORD_SESSION_ID: 'A/x', COORD_PROJECT: project } });
const locks = async (project: string): Promise<Json[]> => listOf(await api.done('GET', `/locks?project_key=${project}`));
const run = (project: string, args: string[], input = '') => coord(where(project), ['run', '--lock', 'src', ...args], input);
const running = (project: string, args: string[]): Promise<RunningCoord> => startCoord(where(project), ['run', '--lock', 'src', ...args]);

/** Prints its process id and goes on until somebody ends it, with 7 when it is asked to by `signal`. */
const script = (signal?: NodeJS.Signals): string[] => {
  const handler = signal ? `process.on('${signal}', () => process.exit(7));` : '';
  return ['--', process.execPath, '-e', `${handler}setInterval(() => {}, 1000); console.log('pid', process.pid);`];
};
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const pidOf = (child: RunningCoord): number => Number(/pid (\d+)/.exec(child.stdout)?.[1]);

beforeAll(async () => {
  api = await Api.start();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

test('passes input, output and exit code through, tells the command its lock, and releases that after a failing command', async () => {
  const tell = 'process.stdin.pipe(process.stdout); console.log(process.env.COORD_LOCK_ID, process.env.COORD_FENCE); process.exitCode = 9';
  const { code, stdout } = await run('passes', ['--', process.execPath, '-e', tell], 'input\n');
  const [granted] = listOf(await api.done('GET', '/locks?project_key=passes&include_inactive=true'));
  expect({ code, stdout }).toEqual({ code: 9, stdout: `${granted?.id} ${granted?.fence}\ninput\n` });
  expect(granted).toMatchObject({ session_id: 'A/x', resource: 'src', status: 'released', description: expect.stringContaining('coord run: ') });
});

test('a command that is not there ends with 127, and the lock is released', async () => {
  expect((await run('absent', ['--', 'there-is-no-such-command'])).code).toBe(127);
  expect(await locks('absent')).toEqual([]);
});

test('what another session holds is not started, and ends with 3', async () => {
  await api.claim('held', 'B/x', 'src/a.ts');
  const { code, stdout } = await run('held', ['--', 'echo', 'started']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
});

test('SIGINT goes to the command, whose exit code stands', async () => {
  const child = await running('signals', script('SIGINT'));
  await child.says('pid');
  expect((await child.signal('SIGINT')).code).toBe(7);
  expect(await locks('signals')).toEqual([]);
});

test('a command that a signal ends is 128 and its number', async () => {
  const child = await running('ended', script());
  await child.says('pid');
  expect((await child.signal('SIGTERM')).code).toBe(128 + 15);
});

describe('a lock that is broken while the command runs', () => {
  const breakLock = async (project: string): Promise<void> => {
    const [lock] = await locks(project);
    await api.done('POST', `/locks/${lock?.id}/break`, { session_id: 'B/x', reason: 'it hangs' });
  };

  test('ends the command and what it has started, and ends with 3', async () => {
    const nested = `require('node:child_process').spawn(process.execPath, ['-e', "console.log('pid', process.pid); setInterval(() => {}, 1000)"], {stdio: 'inherit'}); setInterval(() => {}, 1000)`;
    const child = await running('broken', ['--', process.execPath, '-e', nested]);
    await child.says('pid');
    await breakLock('broken');
    const { code, stderr } = await child.ended();
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'coord: the lock is lost: broken by B/x (it hangs). Ending the command.\n' });
    expect(isAlive(pidOf(child))).toBe(false);
  });

  test('kills a command that does not listen after the grace', async () => {
    const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid', process.pid)`;
    const child = await running('deaf', ['--grace', '0.2', '--', process.execPath, '-e', deaf]);
    await child.says('pid');
    await breakLock('deaf');
    expect((await child.ended()).code).toBe(3);
    expect(isAlive(pidOf(child))).toBe(false);
  });

  test('ends the command also where nobody reads what it says of that', async () => {
    const child = await running('unheard', script());
    await child.says('pid');
    child.child.stderr.destroy();
    await breakLock('unheard');
    expect((await child.ended()).code).toBe(3);
    expect(isAlive(pidOf(child))).toBe(false);
  });

  test('leaves the command alone with --on-lost warn', async () => {
    const child = await running('warned', ['--on-lost', 'warn', ...script('SIGTERM')]);
    await child.says('pid');
    await breakLock('warned');
    await until('it warns', () => child.stderr.includes('The command goes on'));
    expect((await child.signal('SIGTERM')).code).toBe(7);
  });
});

test('a lock of short life is renewed while the command runs', async () => {
  const child = await running('renewed', ['--ttl', '0.0005', ...script('SIGTERM')]);
  await child.says('pid');
  await until('it was renewed', async () => (await locks('renewed'))[0]?.renewed_at);
  expect((await child.signal('SIGTERM')).code).toBe(7);
});

test('runs of one session under a lock follow each other', async () => {
  const first = await running('turns', script('SIGTERM'));
  await first.says('pid');
  expect((await run('turns', ['--', 'true'])).code).toBe(3);
  const second = await running('turns', ['--wait', '20', '--', 'echo', 'second']);
  await first.signal('SIGTERM');
  expect((await second.ended()).stdout).toBe('second\n');
});

describe('a lock that the session held before', () => {
  test('is held afterwards on its own terms, and while the command runs on none that are weaker', async () => {
    const mine = await api.claim('mine', 'A/x', 'src', { mode: 'shared', ttl_hours: 5, description: 'mine' });
    const child = await running('mine', script('SIGTERM'));
    await child.says('pid');
    expect(await locks('mine')).toMatchObject([{ id: mine.id, mode: 'exclusive', ttl_hours: 5, description: expect.stringMatching(/^coord run: /) }]);
    expect((await child.signal('SIGTERM')).code).toBe(7);
    expect(await locks('mine')).toMatchObject([{ id: mine.id, mode: 'shared', ttl_hours: 5, description: 'mine' }]);
  });

  test('is for one run at a time, also when two begin at once', async () => {
    const mine = await api.claim('both', 'A/x', 'src');
    const both = await Promise.all([running('both', script('SIGTERM')), running('both', script('SIGTERM'))]);
    const second = await Promise.race(both.map((child) => child.ended().then(() => child)));
    const first = both.find((child) => child !== second) as RunningCoord;
    expect({ code: (await second.ended()).code, stdout: second.stdout }).toEqual({ code: 3, stdout: '' });
    await first.says('pid');
    expect((await first.signal('SIGTERM')).code).toBe(7);
    expect(await locks('both')).toMatchObject([{ id: mine.id, description: null }]);
  });
});

test('a run within a run is let in, and leaves the lock as it found it', async () => {
  const inner = [process.execPath, COORD, 'run', '--lock', 'src', '--shared', '--description', 'inner', '--', 'echo', 'inner'];
  const outer = `require('node:child_process').spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'inherit' }); ${script('SIGTERM').at(-1)}`;
  const child = await running('nested', ['--description', 'outer', '--', process.execPath, '-e', outer, ...inner]);
  await child.says(/inner\npid/);
  expect(await locks('nested')).toMatchObject([{ mode: 'exclusive', description: 'coord run: outer' }]);
  expect((await child.signal('SIGTERM')).code).toBe(7);
  expect(await locks('nested')).toEqual([]);
});

test('a command does not go on without a lock because of an answer that nobody foresaw', async () => {
  const lock = { id: 'l', status: 'active', fence: 1, ttl_hours: 0.0005, ttl_remaining_ms: 1_800, resource: 'src', project_key: 'odd' };
  const odd = createServer((request, response) => {
    const [claims, renews] = [request.method === 'POST' && request.url === '/api/coord/locks', request.url?.endsWith('/renew')];
    const said = request.url?.includes('?') ? [] : renews ? null : lock;
    response.writeHead(claims ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
  const child = await startCoord(where('odd', `http://127.0.0.1:${(odd.address() as AddressInfo).port}`), ['run', '--lock', 'src', ...script()]);
  await child.says('pid');
  expect((await child.ended()).code).toBe(1);
  expect(isAlive(pidOf(child))).toBe(false);
  odd.closeAllConnections();
  await new Promise((resolve) => odd.close(resolve));
});

test('an engine that hangs does not put off the loss of a lock', async () => {
  const lock = { id: 'l', status: 'active', fence: 1, ttl_hours: 0.0005, ttl_remaining_ms: 1_800, resource: 'src', project_key: 'hung' };
  const hung = createServer((request, response) => {
    if (request.url?.endsWith('/renew')) return;
    const said = request.url?.includes('?') ? [] : lock;
    response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve));
  const where_ = where('hung', `http://127.0.0.1:${(hung.address() as AddressInfo).port}`);
  const child = await startCoord(where_, ['run', '--lock', 'src', ...script()]);
  await child.says('pid');
  const began = performance.now();
  expect(await child.ended()).toMatchObject({ code: 3, stderr: expect.stringContaining('the engine did not answer until it expired') });
  // The deadline of a renewal is 5 s, the life of the lock less than 2.
  expect(performance.now() - began).toBeLessThan(4_500);
  hung.closeAllConnections();
  await new Promise((resolve) => hung.close(resolve));
});

describe('without an engine', () => {
  const nobody = 'http://127.0.0.1:1';

  test('the command is not started', async () => {
    const { code, stdout } = await coord(where('away', nobody), ['run', '--lock', 'src', '--', 'echo', 'started']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('it is with --anyway, without a lock', async () => {
    const { code, stdout } = await coord(where('away', nobody), ['run', '--lock', 'src', '--anyway', '--', 'echo', 'started']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'started\n' });
  });

  test('the lock is lost when it would have expired', async () => {
    const other = await Api.start();
    const child = await startCoord(where('gone', other.url), ['run', '--lock', 'src', '--ttl', '0.0005', ...script()]);
    await child.says('pid');
    await other.close();
    expect(await child.ended()).toMatchObject({ code: 3, stderr: expect.stringContaining('the engine did not answer until it expired') });
  });
});

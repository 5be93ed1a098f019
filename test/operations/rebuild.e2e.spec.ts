import { type Answer, call } from '../support/calls';
import { startEngine, stopEngines } from '../support/engine';
import { runScript } from '../support/script';

const WRITERS = 4;
const READERS = 4;
afterAll(stopEngines);
jest.setTimeout(120_000);

test('while every read model is rebuilt, no reader misses what was written before', async () => {
  const { url, process: engine } = await startEngine();
  let going = true;
  const written: string[] = [];
  const complaints: string[] = [];

  const write = async (session: string): Promise<void> => {
    for (let n = 0; going; n += 1) {
      const resource = `${session}/${n}`;
      const { status } = await call(url, 'POST', '/locks', { body: { project_key: 'p', session_id: session, resource } });
      if (status !== 201) complaints.push(`a claim was answered with ${status}`);
      written.push(resource);
      if (n < 20) continue;
      const { status: done } = await call(url, 'PUT', `/components/p/${session}`, { body: { state: `${n}`, updated_by: session } });
      if (done >= 300) complaints.push(`an update was answered with ${done}`);
    }
  };
  /** On a busy machine a read model may be behind for longer than a reader is kept waiting: then it is asked again, as the answer says. */
  const read = async <Body>(path: string): Promise<Body> => {
    let answer: Answer<Body & { type?: string }>;
    do answer = await call(url, 'GET', path);
    while (answer.body.type === 'urn:coord:problem:read-model-behind');
    if (answer.status !== 200) complaints.push(`${path} was answered with ${answer.status}`);
    return answer.body;
  };
  const readAll = async (): Promise<void> => {
    while (going) {
      const before = written.length;
      const others = [
        '/history?project_key=p&type=LockClaimed&limit=1',
        '/status?project_key=p',
        '/locks?project_key=p&limit=500&session_id=writer-0',
      ];
      await Promise.all(others.map(read));
      const projects = await read<{ active_locks: number }[]>('/projects');
      const active = Math.max(0, ...projects.map(({ active_locks }) => active_locks));
      if (active < before) complaints.push(`${before} locks were claimed, and ${active} shown`);
    }
  };
  const work = [...Array.from({ length: WRITERS }, (_, n) => write(`writer-${n}`)), ...Array.from({ length: READERS }, readAll)];
  const settings = { COORD_DATA_DIR: engine.dataDir ?? '' };
  for (let n = 0; n < 2; n += 1) expect(await runScript('projections', ['rebuild'], settings)).toMatchObject({ code: 0, stderr: '' });
  going = false;
  await Promise.all(work);
  expect(complaints).toEqual([]);
  expect(written.length).toBeGreaterThan(0);
  expect(await runScript('projections', ['verify'], settings)).toMatchObject({ code: 0, stderr: '' });
});

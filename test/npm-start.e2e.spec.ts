import { spawn } from 'node:child_process';
import { connectToRunning } from '@coord/embedded-server/index';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { build, ROOT } from './support/build';
import { EngineProcess } from './support/engine';

afterAll(removeFolders);

async function npmStart(dataDir: string): Promise<EngineProcess> {
  await build();
  const settings = { COORD_PORT: '0', COORD_DATA_DIR: dataDir, COORD_LOG_LEVEL: 'warn', DATABASE_URL: '' };
  // a group of its own, as a terminal gives it
  return new EngineProcess(spawn('npm', ['start'], { cwd: ROOT, env: { ...process.env, ...settings }, stdio: 'pipe', detached: true }), dataDir);
}

describe('npm start leaves neither engine nor Postgres behind', () => {
  test.each([
    ['SIGTERM for npm', (npm: EngineProcess) => process.kill(npm.pid, 'SIGTERM')],
    ['Ctrl-C', (npm: EngineProcess) => process.kill(-npm.pid, 'SIGINT')],
  ])(
    'after %s',
    async (_, end) => {
      const dataDir = await temporaryFolder();
      const npm = await npmStart(dataDir);
      await npm.ready;
      expect(await connectToRunning(dataDir)).not.toBeNull();
      end(npm);
      await npm.exited; // nobody holds its output open any more, so the engine has ended, too
      expect(await connectToRunning(dataDir)).toBeNull();
    },
    60_000,
  );
});

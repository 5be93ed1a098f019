import { TestEnvironment } from 'jest-environment-node';
import { leftBehind, markTestFile } from './processes';

/**
 * Node as it is, but a test file that leaves processes behind fails. Here and not in an `afterAll`, because a hook of a
 * setup file runs before those of the test file, which stop its processes.
 */
export default class Environment extends TestEnvironment {
  readonly #started: ReturnType<typeof markTestFile>;

  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    // Before the environment takes its copy of `process.env`.
    const started = markTestFile();
    super(...args);
    this.#started = started;
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    const left = await leftBehind(this.#started);
    for (const { pid } of left) end(pid);
    if (left.length > 0) throw new Error(`The test file left processes behind: ${left.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

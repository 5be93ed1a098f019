import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createClient } from '@coord/client/index';
import type { Json } from '../../../../../test/support/api';
import { CURRENT_TASK, MESSAGES } from '../../../../api/src/schemas/testing/coordination-examples';
import { Mirror, type MirrorOptions } from '../mirror';
import { Names } from '../names';
import { inStep } from '../once';
import type { Report } from '../report';

const made: string[] = [];

export { CURRENT_TASK, MESSAGES };

/** The folder of a project, as agents and coordinators handle it. */
export class ProjectFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'coord mirror ')));

  constructor(
    private readonly url: string,
    readonly project_key: string,
  ) {
    made.push(this.path);
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** Written a while ago, so that nobody thinks that it is still being written. */
  write(name: string, content: string | object): void {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
    const past = new Date(Date.now() - 60_000);
    utimesSync(this.at(name), past, past);
  }
  append(name: string, text: string): void {
    mkdirSync(dirname(this.at(name)), { recursive: true });
    appendFileSync(this.at(name), text);
  }
  move(from: string, to: string): void {
    mkdirSync(dirname(this.at(to)), { recursive: true });
    renameSync(this.at(from), this.at(to));
  }
  remove(name: string): void {
    rmSync(this.at(name), { recursive: true });
  }
  exists(name: string): boolean {
    return existsSync(this.at(name));
  }
  text(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }
  json(name: string): Json {
    return JSON.parse(this.text(name)) as Json;
  }
  /** Of a file of JSON lines. */
  lines(name: string): Json[] {
    return this.text(name)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json);
  }
  /** The names in a folder, but for hidden ones. */
  names(folder: string): string[] {
    return this.exists(folder)
      ? readdirSync(this.at(folder))
          .filter((name) => !name.startsWith('.'))
          .sort()
      : [];
  }
  /** Every file with its content, but for the mirror's own. */
  everything(folder = ''): Record<string, string> {
    const entries = readdirSync(this.at(folder), { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    const shown = files.filter((path) => !path.includes('/.mirror/')).map((path) => path.slice(this.path.length + 1));
    return Object.fromEntries(shown.sort().map((name) => [name, this.text(name)]));
  }

  /** The conversation of reference 003 as files, and its task. */
  writeConversation(): void {
    for (const message of MESSAGES.filter(({ id }, i) => MESSAGES.findIndex((each) => each.id === id) === i))
      this.write(`.coordination/${message.to === 'coordinator' ? 'outbox' : 'inbox'}/${message.id}.json`, message);
    this.write('.progress/current-task.json', CURRENT_TASK);
  }

  open(options: Partial<MirrorOptions> = {}): Promise<Mirror> {
    const api = createClient({ url: this.url, patienceMs: 0 });
    return Mirror.open(api, { folder: this.path, project_key: this.project_key, names: new Names(), enforceGates: false, ...options });
  }

  /** What `coord mirror --once` does. */
  async mirror(options: Partial<MirrorOptions> = {}): Promise<Report> {
    const mirror = await this.open(options);
    try {
      return await inStep(mirror);
    } finally {
      await mirror.close();
    }
  }
}

/** Removes the folders of this test file. */
export function removeProjectFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

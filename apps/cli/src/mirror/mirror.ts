import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CoordClient } from '@coord/client/index';
import { Boxes } from './boxes';
import { CompletedTasks } from './completed-tasks';
import { CurrentTask } from './current-task';
import { placeFile, refuseLinks, removeHalfWritten } from './durable-files';
import { FolderLock } from './folder-lock';
import { MessageLog } from './message-log';
import { Messages } from './messages';
import { Metrics } from './metrics';
import type { MirroredProject } from './mirrored-project';
import type { Names } from './names';
import { ProjectLog } from './project-log';
import { Rejects } from './rejects';
import { emptyReport, type Report } from './report';
import { SchemaFiles } from './schema-files';
import { Settling } from './settling';
import { TaskState } from './task-state';
import { MovedOn, TaskWrites } from './task-writes';
import { Tasks } from './tasks';

export interface MirrorOptions {
  /** The project's folder, in which `.coordination` and `.progress` are. */
  folder: string;
  project_key: string;
  names: Names;
  /** A task whose gates have not passed is not completed by its file. */
  enforceGates: boolean;
}

export interface Pass {
  report: Report;
  /** Something is half written, or changed meanwhile: another pass is due in a moment. */
  again: boolean;
}

/** A project's folder and the engine, kept in step. One process has a folder at a time. */
export class Mirror {
  readonly #project: MirroredProject;
  readonly #boxes: Boxes;
  readonly #messages: Messages;
  readonly #tasks: Tasks;
  readonly #rejects: string[];

  private constructor(
    private readonly lock: FolderLock,
    api: CoordClient,
    private readonly options: MirrorOptions,
  ) {
    const { folder, project_key, names } = options;
    const [coordination, progress] = [join(folder, '.coordination'), join(folder, '.progress')];
    const settling = new Settling();
    const schemas = new SchemaFiles(api, join(folder, 'schemas'));
    const project: MirroredProject = { api, project_key, names, log: new ProjectLog(api, project_key), schemas, settling, report: emptyReport() };
    const rejectsIn = (parent: string): Rejects => new Rejects(parent, (aside) => project.report.set_aside.push(aside));
    const [ofMessages, ofTasks] = [rejectsIn(coordination), rejectsIn(progress)];
    const writes = new TaskWrites(project, options.enforceGates);
    const state = new TaskState(join(stateOf(folder), 'current-task.json'));
    this.#project = project;
    this.#rejects = [ofMessages.folder, ofTasks.folder];
    this.#boxes = new Boxes(coordination);
    this.#messages = new Messages(project, this.#boxes, new MessageLog(coordination, stateOf(folder), settling), ofMessages);
    const completed = new CompletedTasks(project, progress, writes, ofTasks);
    this.#tasks = new Tasks(project, new CurrentTask(project, progress, state, writes, ofTasks), completed, new Metrics(project, progress, ofTasks));
  }

  /** Takes the folder, and makes what is missing of it. @throws Failure when another mirror has it, or one of its folders is a link */
  static async open(api: CoordClient, options: MirrorOptions): Promise<Mirror> {
    const state = stateOf(options.folder);
    refuseLinks(OWN_FOLDERS.map((name) => join(options.folder, name)));
    mkdirSync(state, { recursive: true });
    const lock = await FolderLock.take(state);
    const mirror = new Mirror(lock, api, options);
    for (const folder of [...mirror.#rejects, ...mirror.folders(), state, join(options.folder, 'schemas')]) removeHalfWritten(folder);
    placeFile(join(state, '.gitignore'), '*\n');
    return mirror;
  }

  /** The folders in which files appear that the engine should hear of. */
  folders(): string[] {
    const { folder } = this.options;
    return [join(folder, '.coordination'), ...this.#boxes.folders(), join(folder, '.progress'), join(folder, '.progress', 'archive')];
  }

  /** Both ways, once. @throws EngineAway, CoordProblem; the next pass goes on where this one ended */
  async pass(): Promise<Pass> {
    this.lock.check();
    const { settling, schemas } = this.#project;
    const report = emptyReport();
    this.#project.report = report;
    settling.begin();
    report.written.push(...(await schemas.fetch()));
    const settled = [await this.#messages.pass(), await this.#tasks.pass().catch(whenMovedOn)];
    return { report, again: settling.pending || settled.includes(false) };
  }

  /** Forgets what it knows of the engine, which was replaced by another or by an older one. */
  forget(): void {
    this.#project.log = new ProjectLog(this.#project.api, this.#project.project_key);
  }

  /** Lets go of the folder. */
  async close(): Promise<void> {
    await this.lock.release();
  }
}

const OWN_FOLDERS = [
  ...['.coordination', ...['inbox', 'outbox', 'archive', 'rejected', '.mirror'].map((name) => `.coordination/${name}`)],
  ...['.progress', '.progress/archive', '.progress/rejected', 'schemas'],
];

const stateOf = (folder: string): string => join(folder, '.coordination', '.mirror');

function whenMovedOn(error: unknown): false {
  if (error instanceof MovedOn) return false;
  throw error;
}

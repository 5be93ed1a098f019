import { answered, type CoordClient, everyItem, type HistoryEvent } from '@coord/client/index';
import { fileIdOf, type LoggedMessage } from './logged-message';

const TYPES = ['MessageSent', 'MessageRead', 'TaskStarted', 'TaskCompleted'] as const;

/** What a project's log says of messages and tasks, as far as the files show it. Starts empty, and is read on from where it stands. */
export class ProjectLog {
  readonly #positions = new Map<string, number>();
  readonly #byId = new Map<string, LoggedMessage>();
  readonly #byFileId = new Map<string, LoggedMessage>();
  readonly #reads = new Map<string, string>();
  /** Position of a task's last event of that type. */
  readonly #tasks = { TaskStarted: new Map<string, number>(), TaskCompleted: new Map<string, number>() };

  constructor(
    private readonly api: CoordClient,
    private readonly projectKey: string,
  ) {}

  /** All messages, in the order in which they were sent. */
  get messages(): Iterable<LoggedMessage> {
    return this.#byFileId.values();
  }
  /** By its id in the engine. */
  byId(id: string): LoggedMessage | undefined {
    return this.#byId.get(id);
  }
  byFileId(id: string): LoggedMessage | undefined {
    return this.#byFileId.get(id);
  }
  /** When a session read a message; undefined: it has not. */
  readAt(message: LoggedMessage, session: string): string | undefined {
    return this.#reads.get(JSON.stringify([message.id, session]));
  }
  /** Where in the log a task was started, or last completed. */
  taskEvent(type: 'TaskStarted' | 'TaskCompleted', taskId: string): number | undefined {
    return this.#tasks[type].get(taskId);
  }

  /** Reads what has come since the last time. */
  async catchUp(): Promise<void> {
    const news = await Promise.all(TYPES.map((type) => this.#since(type)));
    for (const event of news.flat()) this.#take(event);
  }

  async #since(type: string): Promise<HistoryEvent[]> {
    const asked = { project_key: this.projectKey, type, from: this.#positions.get(type) ?? 0 };
    return everyItem((at) => answered(this.api.GET('/api/coord/history', { params: { query: { ...asked, ...at } } })));
  }

  #take({ position, type, data }: HistoryEvent): void {
    this.#positions.set(type, position);
    if (type === 'MessageSent') {
      const { message_id: id, ...sent } = data as unknown as Omit<LoggedMessage, 'id' | 'file_id'> & { message_id: string };
      const message = { id, ...sent, file_id: fileIdOf({ id, ...sent }) };
      this.#byId.set(id, message);
      if (!this.#byFileId.has(message.file_id)) this.#byFileId.set(message.file_id, message);
    } else if (type === 'MessageRead') this.#reads.set(JSON.stringify([data.message_id, data.session_id]), String(data.read_at));
    else this.#tasks[type as 'TaskStarted' | 'TaskCompleted'].set(String(data.task_id), position);
  }
}

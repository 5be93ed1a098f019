import { StoreUnavailable } from '../event-store';

/**
 * Shares a question between those who ask at the same time. Who comes while one is under way waits for the next, so that
 * an answer never predates its question.
 */
export class SharedQuestion<T> {
  #current: Promise<T> | undefined;
  #next: Promise<T> | undefined;

  constructor(
    private readonly question: () => Promise<T>,
    /** Milliseconds that anybody waits at most, also for a question that isn't asked yet. */
    private readonly deadline: number,
  ) {}

  /** @throws StoreUnavailable after the deadline, or what the question throws */
  ask(): Promise<T> {
    if (!this.#current) return this.#start();
    this.#next ??= this.#current.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#bounded(this.#next);
  }

  async #bounded(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreUnavailable('none')), this.deadline);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #start(): Promise<T> {
    this.#next = undefined;
    const current = this.question().finally(() => {
      if (this.#current === current) this.#current = undefined;
    });
    this.#current = current;
    return current;
  }
}

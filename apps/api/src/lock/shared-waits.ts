import type { CommandContext, Outcome } from '@coord/command-runner/index';

type Key = NonNullable<CommandContext['idempotency']>;
const NOTHING = (): void => undefined;
type Wait = { body: string; outcome: Promise<Outcome>; present: number; gone: AbortController };

/** Waits of the same key at the same time in this process: one for all, that ends early only when all have gone. */
export class SharedWaits {
  readonly #waits = new Map<string, Wait>();

  /** `wait` is begun for the first of a key; its signal aborts when everyone's has. `position`: what a refusal of the key reflects. */
  join(
    { key, position }: { key: Key | undefined; position: number },
    signal: AbortSignal,
    wait: (gone: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome> {
    if (!key) return wait(signal);
    const known = this.#waits.get(key.scope);
    if (known && known.body !== key.body) return Promise.resolve({ problem: { problem: 'idempotency-key-reused' }, position });
    // what all have left is given up first, or that would end the new one, too
    const given = known?.outcome.then(NOTHING, NOTHING) ?? Promise.resolve();
    const shared = known && !known.gone.signal.aborted ? known : this.#begin(key, (gone) => given.then(() => wait(gone)));
    this.#enter(shared, signal);
    return shared.outcome;
  }

  #begin({ scope, body }: Key, wait: (gone: AbortSignal) => Promise<Outcome>): Wait {
    const gone = new AbortController();
    const outcome = wait(gone.signal).finally(() => {
      if (this.#waits.get(scope)?.gone === gone) this.#waits.delete(scope);
    });
    const begun = { body, outcome, present: 0, gone };
    this.#waits.set(scope, begun);
    return begun;
  }

  #enter(wait: Wait, signal: AbortSignal): void {
    wait.present += 1;
    const leave = (): void => {
      wait.present -= 1;
      if (wait.present === 0) wait.gone.abort();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  }
}

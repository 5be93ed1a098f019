import type { Sql } from 'postgres';
import { DOORBELL } from './checkpoints';

/** Rings when a checkpoint moves anywhere. It only hastens the next look: one that is not heard costs a pause of the poll. */
export class Doorbell {
  #heardOn: Sql | undefined;
  #rung = (): void => {};

  /** Listens on this client from now on. */
  listen(client: Sql): void {
    if (this.#heardOn === client) return;
    this.#heardOn = client;
    const deaf = (): void => {
      if (this.#heardOn === client) this.#heardOn = undefined;
    };
    client.listen(DOORBELL, () => this.ring()).catch(deaf);
  }

  ring(): void {
    this.#rung();
  }

  /** Resolves at the next ring after this call, or after `milliseconds`. */
  next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#rung = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

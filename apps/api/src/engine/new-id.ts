import { type CommandContext, derivedId, type Outcome } from '@coord/command-runner/index';
import { OUTLIVED_KEY } from '@coord/domain/problem';
import { v7 as uuidv7 } from 'uuid';

/**
 * Creates something under an id of its own. Under a key the id derives from it, so that a second attempt meets the stream of the
 * first (architecture, decision 10); a key that was used more than a day ago gives the next id.
 * @param what the concept; @param create refuses with `OUTLIVED_KEY` what is there already
 */
export async function underNewId(what: string, { idempotency }: CommandContext, create: (id: string) => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    const id = idempotency ? derivedId(what, 'key', idempotency.scope, String(attempt)) : uuidv7();
    const outcome = await create(id);
    if (!('problem' in outcome) || outcome.problem !== OUTLIVED_KEY) return outcome;
  }
}

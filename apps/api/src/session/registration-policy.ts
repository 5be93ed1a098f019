import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { returnedSessions, unregistered } from '@projections/sessions/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { Registrar } from './registrar';

const AT_ONCE = 100;

/**
 * Finishes what a command's process may have died before: registering the session that acted, and putting on record that one that had
 * ended, or was lost, is there again (architecture, decision 13). Nobody's doing, so that it is no sign of the session.
 */
@Injectable()
export class RegistrationPolicy {
  constructor(
    private readonly readModels: ReadModels,
    private readonly registrar: Registrar,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /** @throws StoreUnavailable */
  async finish(): Promise<void> {
    const context = { actor: null, now: this.clock.now(), correlation_id: null };
    const since = new Date(context.now - this.configuration.lostAfterMs);
    const { result } = await this.readModels.read((sql) => Promise.all([unregistered(sql, AT_ONCE), returnedSessions(sql, since, AT_ONCE)]), {
      of: ['sessions'],
    });
    const [fresh, returned] = result;
    await Promise.all([
      ...fresh.map(({ session_id, project_key, registered_at }) =>
        this.registrar.register(session_id, { ...context, project_key }, registered_at.getTime()),
      ),
      ...returned.map(({ session_id, project_key, resumed_at }) =>
        this.registrar.resume(session_id, resumed_at.toISOString(), { ...context, project_key }),
      ),
    ]);
  }
}

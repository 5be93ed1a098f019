import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { unregistered } from '@projections/sessions/index';
import { Clock } from '../clock';
import { Registrar } from './registrar';

const AT_ONCE = 100;

/** Finishes what a command's process may have died before: registering the session that acted (architecture, decision 13). */
@Injectable()
export class RegistrationPolicy {
  constructor(
    private readonly readModels: ReadModels,
    private readonly registrar: Registrar,
    private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable */
  async finish(): Promise<void> {
    const now = this.clock.now();
    const { result: sessions } = await this.readModels.read((sql) => unregistered(sql, AT_ONCE), { of: ['sessions'] });
    await Promise.all(
      sessions.map(({ session_id, project_key }) =>
        this.registrar.register(session_id, { actor: session_id, now, project_key, correlation_id: null }),
      ),
    );
  }
}

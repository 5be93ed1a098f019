import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { untoldHandoffs } from '@projections/work/index';
import { Clock } from '../clock';
import { HandoffNotices } from './handoff-notices';

const AT_ONCE = 100;

/** Finishes what a handoff's process may have died before: the message to its receiver (architecture, decision 13). */
@Injectable()
export class HandoffPolicy {
  constructor(
    private readonly readModels: ReadModels,
    private readonly notices: HandoffNotices,
    private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable */
  async finish(): Promise<void> {
    const now = this.clock.now();
    const { result: handoffs } = await this.readModels.read((sql) => untoldHandoffs(sql, AT_ONCE), { of: ['work'] });
    await Promise.all(
      handoffs.map((handoff) =>
        this.notices.tell(handoff, { actor: handoff.from_session, now, project_key: handoff.project_key, correlation_id: null }),
      ),
    );
  }
}

import { derivedId } from '@coord/command-runner/index';
import { messageStream } from '@coord/domain/message/index';
import type { EventStore } from '@coord/event-store/index';
import { Inject, Injectable } from '@nestjs/common';
import type { MessageRow } from '@projections/inbox/index';
import { Clock } from '../clock';
import { EVENT_STORE } from '../engine/tokens';

/** Puts on record which messages a session was shown. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything of a page in one append. There is nothing to decide: the event's id derives from message and session, so
   * showing it twice, on two instances at once, writes one event.
   */
  async record(rows: readonly MessageRow[], session_id: string, requestId: string): Promise<void> {
    const fresh = rows.filter((row) => row.delivered_at === null);
    if (fresh.length === 0) return;
    const at = new Date(this.clock.now()).toISOString();
    await this.store.append(
      fresh.map(({ id: message_id, project_key }) => ({
        stream: messageStream(message_id),
        expected: 'any',
        events: [
          {
            id: derivedId('MessageDelivered', message_id, session_id),
            type: 'MessageDelivered',
            data: { message_id, project_key, session_id, delivered_at: at },
            metadata: { actor: null, at, project_key, causation_id: requestId, correlation_id: requestId, schema: 1 },
          },
        ],
      })),
    );
  }
}

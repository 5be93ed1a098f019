import type { Readable } from 'node:stream';
import { type EventStore, LogNotEmpty, type RestoredEvent, RestoreRefused, Upcasts } from '@coord/event-store/index';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../engine/tokens';
import { Refused, refusedField } from '../../http/problems';
import { EventCheck } from '../event-check';
import { importedEvent } from '../imported-event';
import { linesOf, refusedLine } from '../lines';

/** Of one write: so many events, or so many characters. */
const BATCH_EVENTS = 2_000;
const BATCH_TEXT = 4 * 1024 * 1024;

export type Imported = { events: number; position: number };

/** Fills the empty log with what an export gave. Nothing is decided here: all of it has been. */
export class ImportLog extends Command<Imported> {
  constructor(readonly body: Readable) {
    super();
  }
}

@CommandHandler(ImportLog)
export class ImportLogHandler implements ICommandHandler<ImportLog> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly upcasts: Upcasts,
  ) {}

  /** @throws Refused (then nothing was written), StoreUnavailable */
  async execute({ body }: ImportLog): Promise<Imported> {
    try {
      return await this.store.restore(batchesOf(body, new EventCheck(this.upcasts)));
    } catch (error) {
      if (error instanceof LogNotEmpty) throw new Refused({ problem: 'store-not-empty', events: error.events });
      // an event a line, none of them blank
      if (error instanceof RestoreRefused) throw refusedLine(error.ordinal, error.reason);
      throw error;
    }
  }
}

async function* batchesOf(body: Readable, check: EventCheck): AsyncGenerator<RestoredEvent[], void> {
  let batch: RestoredEvent[] = [];
  let text = 0;
  let last = 0;
  let blank: number | null = null;
  for await (const lines of linesOf(body)) {
    for (const line of lines) {
      if (blank !== null) throw refusedLine(blank, 'must be a JSON object');
      if (line.text.trim() === '') {
        blank = line.number; // at the end it does no harm
        continue;
      }
      const { event, position } = importedEvent(line, last, check);
      last = position;
      batch.push(event);
      text += line.text.length;
      if (batch.length < BATCH_EVENTS && text < BATCH_TEXT) continue;
      yield batch;
      [batch, text] = [[], 0];
    }
  }
  if (last === 0) throw refusedField('(body)', 'must hold an event');
  if (batch.length > 0) yield batch;
}

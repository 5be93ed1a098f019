import type { JsonObject, RecordedEvent } from '@coord/event-store/index';
import type { HistoryRow } from '@projections/history/index';

/** An event as it goes over the wire (protocol, `/history`). */
export type EventView = {
  position: number;
  stream: string;
  revision: number;
  type: string;
  at: string;
  actor: string | null;
  causation_id: string | null;
  correlation_id: string | null;
  data: JsonObject;
};

export const eventView = (row: HistoryRow): EventView => ({
  position: Number(row.position),
  stream: row.stream,
  revision: Number(row.revision),
  type: row.type,
  at: row.at.toISOString(),
  actor: row.actor,
  causation_id: row.causation_id,
  correlation_id: row.correlation_id,
  data: row.data as JsonObject,
});

/** The same of an event as it comes from the log itself. */
export function recordedView({ position, stream, revision, type, metadata, data }: RecordedEvent): EventView {
  const { at, actor, causation_id, correlation_id } = metadata;
  return { position, stream, revision, type, at, actor, causation_id, correlation_id, data };
}

/** An event as a server-sent one (HTML, 9.2). JSON has no line breaks of its own. */
export const eventText = (event: RecordedEvent): string => `id: ${event.position}\ndata: ${JSON.stringify(recordedView(event))}\n\n`;

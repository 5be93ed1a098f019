import type { JsonObject } from '@coord/event-store/index';
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

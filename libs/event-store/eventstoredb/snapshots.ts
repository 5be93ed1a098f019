import { ErrorType, jsonEvent } from '@eventstore/db-client';
import type { JsonObject, JsonValue, Snapshot } from '../event-store';
import { isOf } from './failures';
import { isObject, parse } from './record';
import { answersTo } from './records';
import { readStreamRequest } from './requests';
import type { Wire } from './wire';

/**
 * Each stream's snapshots are in a stream beside it, which keeps its last event only. They live and die with the log that
 * they were made of: in another database they could be of a log that is gone. `$` begins the types that no reader of the
 * whole log is shown.
 */
const PREFIX = 'coord-snapshot-';
const TYPE = '$coord-snapshot';

/** `event`: the revision of the event that holds it. */
type Kept = Snapshot & { event: bigint };

export async function loadSnapshot(wire: Wire, stream: string): Promise<Snapshot | null> {
  const kept = await lastOf(wire, stream);
  return kept && { stream, revision: kept.revision, schema: kept.schema, state: kept.state };
}

/** An older one than there is changes nothing. @throws StoreUnavailable */
export async function saveSnapshot(wire: Wire, { stream, revision, schema, state }: Snapshot): Promise<void> {
  const data: JsonObject = { revision, schema, state };
  for (;;) {
    const kept = await lastOf(wire, stream);
    if (kept && kept.revision > revision) return;
    if (!kept) await keepOne(wire, stream);
    const options = { expectedRevision: kept?.event ?? ('no_stream' as const), requiresLeader: true };
    const event = jsonEvent({ type: TYPE, data });
    try {
      await wire.ask((connection) => connection.appendToStream(PREFIX + stream, event, options));
      return;
    } catch (error) {
      if (!isOf(error, ErrorType.WRONG_EXPECTED_VERSION)) throw error; // somebody was faster: is theirs newer?
    }
  }
}

function lastOf(wire: Wire, stream: string): Promise<Kept | null> {
  const request = readStreamRequest(PREFIX + stream, { from: 'end', backwards: true, count: 1 });
  return wire.ask(async (connection, signal) => {
    for await (const answer of answersTo(connection, request, signal)) {
      const event = answer.getEvent()?.getEvent();
      if (event) return toKept(stream, parse(event.getData_asU8()), BigInt(event.getStreamRevision()));
    }
    return null;
  });
}

function toKept(stream: string, data: unknown, event: bigint): Kept | null {
  if (!isObject(data) || typeof data.revision !== 'number' || typeof data.schema !== 'number') return null;
  return { stream, revision: data.revision, schema: data.schema, state: data.state as JsonValue, event };
}

/** Older ones are removed by the server's next scavenge. */
async function keepOne(wire: Wire, stream: string): Promise<void> {
  await wire.ask((connection) => connection.setStreamMetadata(PREFIX + stream, { maxCount: 1 }, { requiresLeader: true }));
}

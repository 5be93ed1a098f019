import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { EventMetadata, JsonObject, RecordedEvent } from '../event-store';

type GrpcEvent = ReadResp.ReadEvent.RecordedEvent;

/** An event as it came over the wire. `event` is null for what another application wrote, or for what is no JSON. */
export interface Record {
  position: number;
  /** Of its data and metadata. */
  bytes: number;
  event: RecordedEvent | null;
}

/**
 * The position of an event is where it stands in the server's transaction log. Each event of an append has its own, since an
 * append is no transaction of several records; `commit` and `prepare` position are the same number. One event in 2^53 bytes.
 */
export function toRecord(grpc: GrpcEvent): Record {
  const [data, metadata] = [grpc.getData_asU8(), grpc.getCustomMetadata_asU8()];
  const position = Number(grpc.getCommitPosition());
  return { position, bytes: data.length + metadata.length, event: toEvent(grpc, position, parse(data), parse(metadata)) };
}

function toEvent(grpc: GrpcEvent, position: number, data: unknown, metadata: unknown): RecordedEvent | null {
  const [id, type] = [grpc.getId()?.getString(), grpc.getMetadataMap().get('type')];
  const stream = Buffer.from(grpc.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (id === undefined || type === undefined || !isObject(data) || !isEnvelope(metadata) || isOfServer(stream)) return null;
  return { stream, revision: Number(grpc.getStreamRevision()), position, id, type, data, metadata };
}

/** The server and its projections write into the same log; `$` begins what is theirs. */
const isOfServer = (name: string): boolean => name.startsWith('$');

/** undefined for what is no JSON, which the client would hand on as a string. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const isEnvelope = (value: unknown): value is EventMetadata =>
  isObject(value) && 'at' in value && typeof value.at === 'string' && 'schema' in value && typeof value.schema === 'number';

import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { type AppendReq, AppendResp, type ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Expected, Proposed, Stored } from './memory-log';

export const nameOf = (identifier: StreamIdentifier | undefined): string => Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

export function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasNoStream()) return 'none';
  return options.hasRevision() ? Number(options.getRevision()) : 'any';
}

export function proposedOf(message: AppendReq.ProposedMessage): Proposed {
  return {
    id: uuidOf(message.getId()),
    metadata: message.getMetadataMap().toArray(),
    data: message.getData_asU8(),
    customMetadata: message.getCustomMetadata_asU8(),
  };
}

/** As the client sends it: two 64-bit halves, or text. */
function uuidOf(id: UUID | undefined): string {
  const halves = id?.getStructured();
  if (!halves) return id?.getString() ?? '';
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function writtenAnswer({ revision, position }: Stored): AppendResp {
  const place = new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new AppendResp().setSuccess(new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(place));
}

export function conflictAnswer(current: number): AppendResp {
  const wrong = new AppendResp.WrongExpectedVersion().setExpectedAny(new Empty());
  return new AppendResp().setWrongExpectedVersion(current < 0 ? wrong.setCurrentNoStream(new Empty()) : wrong.setCurrentRevision(String(current)));
}

export function eventAnswer({ stream, revision, position, id, metadata, data, customMetadata }: Stored): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(String(revision))
    .setCommitPosition(String(position))
    .setPreparePosition(String(position))
    .setData(data)
    .setCustomMetadata(customMetadata);
  for (const [key, value] of metadata) recorded.getMetadataMap().set(key, value);
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(position)));
}

export const confirmation = (): ReadResp => new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId('double'));

export function noStreamAnswer(options: ReadReq.Options.StreamOptions): ReadResp {
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(options.getStreamIdentifier()));
}

/** Whether a filter lets an event through. */
export function passes(filter: ReadReq.Options.FilterOptions | undefined, event: Stored): boolean {
  const ofType = filter?.getEventType();
  const expression = ofType ?? filter?.getStreamIdentifier();
  if (!expression) return true;
  const subject = ofType ? (event.metadata.find(([key]) => key === 'type')?.[1] ?? '') : event.stream;
  const regex = expression.getRegex();
  return regex ? new RegExp(regex).test(subject) : expression.getPrefixList().some((prefix) => subject.startsWith(prefix));
}

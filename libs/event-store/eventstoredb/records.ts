import { convertToCommandError } from '@eventstore/db-client';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Connection } from './connection';
import { type Record, toRecord } from './record';

/** What one read of the server gives, until it ends, `signal` aborts or the reader breaks off; a failure throws what the client calls it. */
export async function* answersTo(connection: Connection, request: ReadReq, signal: AbortSignal): AsyncGenerator<ReadResp, void, undefined> {
  const answers = await connection.read(request);
  const cancel = (): void => answers.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    for await (const answer of answers) yield answer;
  } catch (error) {
    throw error instanceof Error ? convertToCommandError(error) : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // gRPC goes on reading otherwise. Not within the delivery of an event: https://github.com/grpc/grpc-node/issues/1652
    setImmediate(cancel);
  }
}

/** The events of one read; none of a stream that isn't there. */
export async function* recordsOf(connection: Connection, request: ReadReq, signal: AbortSignal): AsyncGenerator<Record, void, undefined> {
  for await (const answer of answersTo(connection, request, signal)) {
    if (answer.hasStreamNotFound()) return;
    const event = answer.getEvent()?.getEvent();
    if (event) yield toRecord(event);
  }
}

import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';

/** A stream of the answers to one read. */
export type Answers = AsyncIterable<ReadResp> & { cancel(): void };

/**
 * The client, and what its public face lacks: reads of the whole log that the server filters, and a way to end the
 * connection. The connection string says where, how (TLS, certificates, a cluster) and as whom.
 */
export class Connection extends EventStoreDBClient {
  /** Connects lazily, at the first call. @throws Error for a connection string that can't be understood */
  static to(url: string): Connection {
    // The client's own factory parses the connection string, and makes nothing but the client's own class.
    const connection: Connection = Object.setPrototypeOf(EventStoreDBClient.connectionString(url), Connection.prototype);
    // Batch appends have no deadline of the client's, and their table of what is pending is global to the module: a stream that
    // breaks rejects the appends of every other, and an answer that comes after that throws outside of any call. Without them
    // each append is a call of its own.
    connection.supports = () => Promise.resolve(false);
    return connection;
  }

  /** Reads go to the leader: a follower may not know yet what was acknowledged. */
  async read(request: ReadReq): Promise<Answers> {
    const [metadata, options] = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
    const answers = await this.GRPCStreamCreator(StreamsClient, 'read', (client) => client.read(request, metadata, options))();
    // A stream that is cancelled or destroyed may still say why it failed when nobody listens any more, which would end the process.
    answers.on('error', () => {});
    return answers;
  }

  /** Breaks what is under way. `dispose` alone leaves the channel open, and with it the process. */
  async end(): Promise<void> {
    void this.dispose();
    (await this.getChannel()).close();
  }
}

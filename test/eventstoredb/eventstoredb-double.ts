import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq, type AppendResp, type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { Metadata, Server, ServerCredentials, type ServerReadableStream, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import { MemoryLog, type Proposed, type Stored } from './memory-log';
import { confirmation, conflictAnswer, eventAnswer, expectedOf, nameOf, noStreamAnswer, passes, proposedOf, writtenAnswer } from './messages';

/** What happens to the next append: it is written and its answer never comes, it ends with this status before or after it is written. */
export type Fault = 'no answer' | { code: status; written: boolean; headers?: Record<string, string> };

type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Speaks the protocol of EventStoreDB, on the service definitions that its client publishes, and fails as it is told. */
export class EventStoreDbDouble {
  readonly log = new MemoryLog();
  /** Each is met by one append. */
  readonly faults: Fault[] = [];
  /** How many appends came. */
  appends = 0;
  /** How many live reads were begun. */
  subscriptions = 0;
  readonly #live = new Set<ReadCall>();
  readonly #server = new Server({ 'grpc.max_receive_message_length': -1 });
  #port = 0;

  static async start(): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble();
    double.#server.addService(StreamsService, {
      read: (call: ReadCall) => double.#read(call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => double.#append(call, answer),
    });
    double.#port = await new Promise((resolve, reject) => {
      double.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port)));
    });
    return double;
  }

  get url(): URL {
    return new URL(`esdb://127.0.0.1:${this.#port}?tls=false`);
  }

  /** As the server does to who reads too slowly; without a code it ends them cleanly, which is no less the end. */
  dropSubscriptions(code?: status): void {
    for (const call of this.#live) {
      if (code === undefined) call.end();
      else fail(call, code, 'Consumer too slow');
    }
    this.#live.clear();
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    let options: AppendReq.Options | undefined;
    const proposed: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) proposed.push(proposedOf(message));
    });
    call.on('error', () => {}); // the client has given up
    call.on('end', () => options && this.#decide(options, proposed, answer));
  }

  #decide(options: AppendReq.Options, proposed: readonly Proposed[], answer: sendUnaryData<AppendResp>): void {
    this.appends += 1;
    const fault = this.faults.shift();
    const write = () => this.log.append(nameOf(options.getStreamIdentifier()), expectedOf(options), proposed);
    if (fault === undefined) {
      const result = write();
      answer(null, 'current' in result ? conflictAnswer(result.current) : writtenAnswer(result));
      return;
    }
    if (fault === 'no answer' || fault.written) write();
    if (fault !== 'no answer') answer({ code: fault.code, details: 'as told', metadata: Metadata.fromHttp2Headers(fault.headers ?? {}) });
  }

  #read(call: ReadCall): void {
    const options = call.request.getOptions();
    const [all, stream] = [options?.getAll(), options?.getStream()];
    if (options?.hasSubscription()) this.#follow(call, options.getFilter());
    else if (options && all) this.#readAll(call, options, all);
    else if (options && stream) this.#readStream(call, options, stream);
  }

  #readAll(call: ReadCall, options: ReadReq.Options, range: ReadReq.Options.AllOptions): void {
    const backwards = options.getReadDirection() === 1;
    const from = range.hasPosition() ? Number(range.getPosition()?.getCommitPosition()) : range.hasEnd() ? Infinity : 0;
    const inRange = ({ position }: Stored): boolean => (backwards ? position < from : position >= from);
    if (range.hasPosition() && !this.log.begins(from)) fail(call, status.UNKNOWN, 'Unexpected ReadAllResult: Error');
    else send(call, options, this.log.events, (event) => inRange(event) && passes(options.getFilter(), event));
  }

  #readStream(call: ReadCall, options: ReadReq.Options, range: ReadReq.Options.StreamOptions): void {
    const backwards = options.getReadDirection() === 1;
    const stream = this.log.stream(nameOf(range.getStreamIdentifier()));
    const from = range.hasRevision() ? Number(range.getRevision()) : range.hasEnd() ? Infinity : 0;
    if (stream) send(call, options, stream, ({ revision }) => (backwards ? revision <= from : revision >= from));
    else endWith(call, noStreamAnswer(range));
  }

  #follow(call: ReadCall, filter: ReadReq.Options.FilterOptions | undefined): void {
    this.subscriptions += 1;
    this.#live.add(call);
    call.write(confirmation());
    const unfollow = this.log.follow((event) => this.#live.has(call) && passes(filter, event) && call.write(eventAnswer(event)));
    call.on('error', () => {});
    call.on('close', () => {
      unfollow();
      this.#live.delete(call);
    });
    call.on('cancelled', () => call.end());
  }
}

/** In the direction and up to the count that the request names. */
function send(call: ReadCall, options: ReadReq.Options, events: readonly Stored[], wanted: (event: Stored) => boolean): void {
  let left = Number(options.getCount());
  for (const event of options.getReadDirection() === 1 ? [...events].reverse() : events) {
    if (left === 0) break;
    if (!wanted(event)) continue;
    call.write(eventAnswer(event));
    left -= 1;
  }
  call.end();
}

function fail(call: ReadCall, code: status, details: string): void {
  call.emit('error', { code, details });
}

function endWith(call: ReadCall, answer: ReadResp): void {
  call.write(answer);
  call.end();
}

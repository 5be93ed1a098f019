import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';

const { Options } = ReadReq;
type Filter = ReadReq.Options.FilterOptions;

/** Where a read begins, inclusive. */
export type From = number | 'start' | 'end';

export interface LogRead {
  from: From;
  backwards?: boolean;
  count?: number;
  /** Follow the log from `from` on (exclusive) instead of reading what is there. */
  live?: boolean;
  filter?: Filter;
}

/** Events that the server looks at between two looks at the clock of the request. */
const WINDOW = 1_000;

/** Keeps what the server did not write for itself: the types of its events begin with `$`. */
export function withoutSystemEvents(): Filter {
  return filterOf((filter) => filter.setEventType(new Options.FilterOptions.Expression().setRegex('^[^$]')));
}

/** Keeps types that begin with one of these. */
export function ofTypes(prefixes: readonly string[]): Filter {
  return filterOf((filter) => filter.setEventType(new Options.FilterOptions.Expression().setPrefixList([...prefixes])));
}

/** Keeps streams whose name begins with one of these. */
export function ofStreams(prefixes: readonly string[]): Filter {
  return filterOf((filter) => filter.setStreamIdentifier(new Options.FilterOptions.Expression().setPrefixList([...prefixes])));
}

function filterOf(choose: (filter: Filter) => Filter): Filter {
  return choose(new Options.FilterOptions()).setMax(WINDOW).setCheckpointintervalmultiplier(1);
}

export function readLogRequest({ from, backwards = false, count = Number.MAX_SAFE_INTEGER, live = false, filter }: LogRead): ReadReq {
  const all = new Options.AllOptions();
  if (from === 'start') all.setStart(new Empty());
  else if (from === 'end') all.setEnd(new Empty());
  else all.setPosition(new Options.Position().setCommitPosition(String(from)).setPreparePosition(String(from)));
  const options = optionsOf(backwards).setAll(all);
  if (live) options.setSubscription(new Options.SubscriptionOptions());
  else options.setCount(String(count));
  return new ReadReq().setOptions(filter ? options.setFilter(filter) : options.setNoFilter(new Empty()));
}

export function readStreamRequest(stream: string, { from, backwards = false, count = Number.MAX_SAFE_INTEGER }: LogRead): ReadReq {
  const name = new StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
  const options = new Options.StreamOptions().setStreamIdentifier(name);
  if (from === 'start') options.setStart(new Empty());
  else if (from === 'end') options.setEnd(new Empty());
  else options.setRevision(String(from));
  return new ReadReq().setOptions(optionsOf(backwards).setStream(options).setCount(String(count)).setNoFilter(new Empty()));
}

/** Links that projections of the server made are not followed: the event itself comes, too. */
function optionsOf(backwards: boolean): ReadReq.Options {
  const ids = new Options.UUIDOption().setString(new Empty());
  return new Options()
    .setReadDirection(backwards ? 1 : 0)
    .setResolveLinks(false)
    .setUuidOption(ids);
}

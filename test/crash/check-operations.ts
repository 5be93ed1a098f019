import { isDeepStrictEqual } from 'node:util';
import { acknowledgement, grouped, type HistoryEvent, type Kind, type Operation, type Try, verdictOf } from './record';

/** Which events are the operation itself; others only come with it. */
const OWN: Record<Kind, readonly string[]> = {
  claim: ['LockClaimed', 'LockRenewed'],
  'claim-batch': ['LockClaimed', 'LockRenewed'],
  renew: ['LockRenewed'],
  release: ['LockReleased'],
  component: ['ComponentUpdated'],
  message: ['MessageSent'],
  read: ['MessageRead'],
};

/** Every acknowledged write is in the log, none is there twice, and what was refused is not there at all. */
export function checkOperations(history: readonly HistoryEvent[], operations: readonly Operation[]): string[] {
  const byRequest = grouped(history, ({ correlation_id }) => correlation_id);
  const ended = new Set(history.filter(({ type }) => /^Lock(Released|Expired|Broken)$/.test(type)).map(({ data }) => data.lock_id));
  return operations.flatMap((operation) => {
    const eventsOf = ({ requestId }: Try): HistoryEvent[] => byRequest.get(requestId) ?? [];
    return [...checkTries(operation, eventsOf), ...checkAcknowledged(operation, eventsOf, ended)].map((what) => `${describe(operation)}: ${what}`);
  });
}

const describe = ({ session, call, keyed, tries }: Operation): string => {
  const told = tries.slice(-3).map((one) => `${one.requestId} ${one.answer?.status ?? 'no answer'}`);
  return `${session}, ${call}${keyed ? ' under a key' : ''} (${tries.length} tries, at last ${told.join(', ')})`;
};

function checkTries({ kind, tries }: Operation, eventsOf: (one: Try) => HistoryEvent[]): string[] {
  const broken: string[] = [];
  const first = tries.find((one) => verdictOf(one) === 'acknowledged');
  for (const one of tries) {
    const events = eventsOf(one);
    const status = one.answer?.status ?? 503;
    if (status >= 500 && status !== 503) broken.push(`it was answered with ${status}: ${JSON.stringify(one.answer?.body)}.`);
    if (verdictOf(one) === 'refused' && events.length > 0) broken.push(`it was refused, but wrote ${events.map(({ type }) => type)}.`);
    if (one.answer && verdictOf(one) === 'acknowledged') {
      const { position, status, body } = one.answer;
      const late = events.find((event) => OWN[kind].includes(event.type) && event.position > position);
      if (late) broken.push(`its answer was of position ${position}, its event has ${late.position}.`);
      const same = status === first?.answer?.status && isDeepStrictEqual(body, first.answer.body);
      if (!same) broken.push(`the same key was answered in two ways: ${JSON.stringify(first?.answer?.body)} and ${JSON.stringify(body)}.`);
    }
  }
  const writing = tries.filter((one) => eventsOf(one).some(({ type }) => OWN[kind].includes(type)));
  if (writing.length > 1) broken.push(`${writing.length} tries of it wrote.`);
  return broken;
}

function checkAcknowledged(operation: Operation, eventsOf: (one: Try) => HistoryEvent[], ended: ReadonlySet<unknown>): string[] {
  const answer = acknowledgement(operation)?.answer;
  if (!answer) return [];
  const own = operation.tries.flatMap(eventsOf).filter(({ type }) => OWN[operation.kind].includes(type));
  const { body, status } = answer;
  switch (operation.kind) {
    case 'claim':
      return once(own, [{ lock_id: body.id, fence: body.fence, resource: body.resource }], status === 201 ? 'LockClaimed' : 'LockRenewed');
    case 'claim-batch':
      return once(
        own,
        (body.locks as Record<string, unknown>[]).map(({ id, fence }) => ({ lock_id: id, fence })),
      );
    case 'renew':
      return once(own, [{ lock_id: body.id, fence: body.fence, expires_at: body.expires_at }]);
    case 'release':
      // What had ended before is released without an event.
      return own.length === 0 && ended.has(body.id) ? [] : once(own, [{ lock_id: body.id }]);
    case 'component':
      return once(own, [{ component: body.component, version: body.version, revision: body.revision }]);
    case 'message':
      return once(own, [{ message_id: body.id, subject: body.subject }]);
    case 'read':
      return once(own, [{ message_id: body.id }]);
  }
}

/** Exactly these events, each once, in any order. */
function once(events: readonly HistoryEvent[], wanted: readonly Record<string, unknown>[], type?: string): string[] {
  const broken: string[] = [];
  for (const fields of wanted) {
    const found = events.filter((event) => Object.entries(fields).every(([name, value]) => event.data[name] === value));
    if (found.length !== 1) broken.push(`it was acknowledged, but ${found.length} events say so (${JSON.stringify(fields)}).`);
    if (type && found[0] && found[0].type !== type) broken.push(`it wrote ${found[0].type}, but was answered as ${type}.`);
  }
  if (events.length > wanted.length) broken.push(`it wrote ${events.length} events where ${wanted.length} were due.`);
  return broken;
}

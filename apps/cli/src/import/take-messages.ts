import { answered } from '@coord/client/index';
import { ARCHIVE } from './archive';
import type { Entry } from './entry';
import { readingOf } from './known';
import { saidBy } from './plan';
import type { MessageRecord } from './read-message';
import type { Candidate } from './read-tree';
import type { Taking } from './taking';

const DAY = 86_400_000;
const AT_ONCE = 100;

/** Sends the messages under the ids that they had, each sender's to each addressee in order, and marks read what was read. */
export async function takeMessages(taking: Taking): Promise<void> {
  const { plan, known } = taking.options;
  const ids = new Map([...known.messages].map(([external, { id }]) => [external, Promise.resolve<string | null>(id)]));
  const before = new Map<string, Promise<unknown>>();
  const read = new Map<string, string[]>();
  await taking.each('messages', plan.messages, (candidate) => {
    const { external_id, from_session, to_session, answers } = candidate.record;
    const lane = JSON.stringify([from_session, to_session]);
    // Looked up now, among those that came before: no two can wait for each other.
    const answered = answers === null ? undefined : ids.get(answers);
    const takeIt = () => take(taking, candidate, answered);
    const turn = (before.get(lane) ?? Promise.resolve()).then(takeIt, takeIt);
    before.set(lane, turn);
    if (!ids.has(external_id))
      ids.set(
        external_id,
        turn.then(
          ({ id }) => id,
          () => null,
        ),
      );
    return turn.then(({ id, outcome }) => {
      // also what an earlier run took and could not mark any more
      const readers = outcome === 'not-taken' ? [] : readersOf(taking, candidate.record);
      for (const reader of readers.filter((one) => !known.readings.has(readingOf(id ?? '', one))))
        read.set(reader, [...(read.get(reader) ?? []), id ?? '']);
      return outcome;
    });
  });
  await markRead(taking, read);
}

async function take(
  taking: Taking,
  { record, entry }: Candidate<MessageRecord>,
  answers?: Promise<string | null>,
): Promise<{ outcome: Entry['outcome']; id: string | null }> {
  const { api, known, dryRun } = taking.options;
  const here = known.messages.get(record.external_id);
  if (here) return compared(here, record, entry);
  const isOld = goesToArchive(taking, record);
  if (isOld) entry.notes = [...(entry.notes ?? []), `an old broadcast: kept as read by ${ARCHIVE}`];
  taking.acted.add(record.from_session);
  if (dryRun) return { outcome: 'taken', id: null };
  const replyTo = await answers;
  const call = api.POST('/api/coord/messages', {
    body: bodyOf(taking, record, entry.file, isOld, replyTo ?? null),
    headers: taking.meantAt(record.at),
  });
  const message = await answered(call);
  if ((await call).response.status === 200) return compared(message, record, entry);
  return { outcome: 'taken', id: message.id };
}

function bodyOf({ options }: Taking, record: MessageRecord, file: string, isOld: boolean, reply_to: string | null) {
  const { external_id, from_session, to_session, subject, body, type, priority, answers, ack_required, original, at } = record;
  const references = answers === null || record.references.includes(answers) ? record.references : [...record.references, answers];
  const coordination = { file, external_id, sent_at: new Date(at).toISOString(), ...(isOld && { to: 'broadcast' }), original };
  return {
    ...{ project_key: options.project_key, external_id, from_session, to_session: isOld ? ARCHIVE : (to_session ?? 'ALL_SESSIONS') },
    ...{ subject, body, type, priority, references: references.filter((one) => one.length <= 1_000).slice(0, 1_000), ack_required },
    ...(reply_to !== null && { reply_to }),
    metadata: { coordination },
  };
}

/** The engine has a message with this id already. */
function compared(here: { id: string; from_session: string; subject: string; body: string }, record: MessageRecord, entry: Entry) {
  const same = saidBy({ ...here, to_session: null }) === saidBy({ ...record, to_session: null });
  if (!same) Object.assign(entry, { reason: 'other-content', detail: `the engine has ${here.id} with this id` });
  return { outcome: same ? ('known' as const) : ('not-taken' as const), id: here.id };
}

const goesToArchive = ({ options }: Taking, { to_session, archived, at }: MessageRecord): boolean =>
  to_session === null && (archived || options.now - at > options.broadcastDays * DAY);

function readersOf(taking: Taking, record: MessageRecord): string[] {
  if (goesToArchive(taking, record)) return [ARCHIVE];
  const { to_session, archived, read, read_by } = record;
  if (to_session === null) return read_by;
  return archived || read || read_by.includes(to_session) ? [to_session] : [];
}

async function markRead(taking: Taking, read: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const { api } = taking.options;
  const batches = [...read].flatMap(([session_id, ids]) =>
    Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ({ session_id, ids: ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE) })),
  );
  for (const reader of read.keys()) taking.acted.add(reader);
  await taking.eachOf('read messages', batches, (body) => answered(api.PUT('/api/coord/messages/read', { body })));
}

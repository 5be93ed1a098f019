import type { SentMessage } from '@coord/domain/message/index';
import type { Target } from '@coord/projection-runner/index';

export type SentRow = SentMessage & { position: number };

export async function insertMessages({ sql, table }: Target, rows: SentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('messages')} (id, position, from_session, to_session, project_key, subject, body, type, priority, "references", metadata,
      reply_to, thread_id, ack_required, external_id, sent_at, awaits_answer, awaits_ack)
    select message_id, position, from_session, to_session, project_key, subject, body, type, priority, "references", nullif(metadata, 'null'),
      reply_to, thread_id, ack_required, external_id, sent_at, type in ('question', 'blocker'), ack_required
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      message_id uuid, position bigint, from_session text, to_session text, project_key text, subject text, body text, type text, priority text,
      "references" jsonb, metadata jsonb, reply_to uuid, thread_id uuid, ack_required boolean, external_id text, sent_at timestamptz)`;
}

/**
 * A response answers by `reply_to`, or by naming the question's id or its external id; only what came before it. External ids are unique within
 * a project: without one, a response answers what went to its sender, and what came from its sender or its addressee.
 */
export async function settleAnswers({ sql, table }: Target, responses: SentRow[]): Promise<void> {
  const answers = responses.flatMap(({ position, project_key, from_session, to_session, reply_to, references }) =>
    [...(reply_to ? [reply_to] : []), ...references].map((named) => ({ position, project_key, from_session, to_session, named })),
  );
  if (answers.length === 0) return;
  const ids = answers.filter(({ named }) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named));
  await Promise.all([
    sql`
      update ${table('messages')} m set awaits_answer = false
      from jsonb_to_recordset(${sql.json(ids as never)}) as r (position bigint, named uuid)
      where m.id = r.named and m.awaits_answer and m.position < r.position`,
    sql`
      update ${table('messages')} m set awaits_answer = false
      from jsonb_to_recordset(${sql.json(answers as never)}) as r (position bigint, project_key text, from_session text, to_session text, named text)
      where m.external_id = r.named and m.awaits_answer and m.position < r.position and (m.project_key is not distinct from r.project_key
        or r.project_key is null and (m.to_session = r.from_session or m.from_session in (r.from_session, r.to_session)))`,
  ]);
}

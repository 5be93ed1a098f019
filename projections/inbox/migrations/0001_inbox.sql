-- Messages, and what each session did with each. `position` is that of the sending: oldest first means that order.
create table messages (
  id uuid primary key,
  position bigint not null,
  from_session text not null,
  to_session text not null,
  project_key text,
  subject text not null,
  body text not null,
  type text not null,
  priority text not null,
  "references" jsonb not null,
  metadata jsonb,
  reply_to uuid,
  thread_id uuid not null,
  ack_required boolean not null,
  external_id text,
  sent_at timestamptz not null,
  -- of a direct message: when its addressee read it
  addressee_read_at timestamptz,
  -- a question or blocker that no response has answered
  awaits_answer boolean not null,
  -- an acknowledgement is owed
  awaits_ack boolean not null
);
create unique index messages_by_position on messages (position);
create index messages_by_project on messages (project_key, position);
create index messages_by_addressee on messages (to_session, position);
create index messages_by_sender on messages (from_session, position);
create index messages_by_thread on messages (thread_id, position);
create index messages_by_external_id on messages (external_id, project_key) where external_id is not null;
create index unread_direct_messages on messages (to_session, position) where addressee_read_at is null and to_session <> 'ALL_SESSIONS';
create index broadcasts on messages (sent_at) where to_session = 'ALL_SESSIONS';
create index unanswered_messages on messages (position) where awaits_answer or awaits_ack;
create index open_questions on messages (type, position) where awaits_answer;

create table receipts (
  session_id text not null,
  message_id uuid not null,
  delivered_at timestamptz,
  read_at timestamptz,
  acknowledged_at timestamptz,
  primary key (session_id, message_id)
);
create index receipts_by_message on receipts (message_id);

-- How many direct messages of a project their addressees have not read; '' counts those without a project.
create table unread_counts (
  project_key text primary key,
  direct bigint not null
);

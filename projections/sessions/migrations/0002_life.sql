-- What a session said last, and whether it has ended or was lost. Rows that are there already lack this until the read model is rebuilt.
alter table sessions
  -- of its first event: the order of lists
  add column position bigint not null default 0,
  -- where it acted last
  add column last_project_key text,
  add column heartbeat jsonb,
  -- null again as soon as it acts
  add column ended_at timestamptz,
  -- what its own stream says: open, ended or lost; since which sign
  add column standing text not null default 'open',
  add column standing_at timestamptz,
  -- it acted after it had ended or was lost, and its stream does not say so yet
  add column acted_since boolean not null default false,
  -- the last SessionEnded: the locks that were claimed before are to be released
  add column end_event uuid,
  add column end_position bigint;
drop index sessions_by_project;
create index sessions_by_position on sessions (position);
create index ended_sessions on sessions (position) where ended_at is not null;
create index live_sessions on sessions (last_activity_at) where ended_at is null;
create index live_sessions_by_project on sessions (project_key, last_activity_at) where ended_at is null;
create index live_sessions_by_last_project on sessions (last_project_key, last_activity_at) where ended_at is null;
create index sessions_by_project on sessions (project_key, position);
create index sessions_by_last_project on sessions (last_project_key, position);
create index open_sessions on sessions (last_activity_at) where standing = 'open' and registered;
create index returned_sessions on sessions (session_id) where acted_since;
create index sessions_by_end on sessions (end_position) where end_position is not null;

create table heartbeats (
  position bigint primary key,
  session_id text not null,
  at timestamptz not null,
  project_key text,
  action text,
  target text,
  phase text,
  progress double precision,
  next_action text
);
create index heartbeats_by_session on heartbeats (session_id, position);

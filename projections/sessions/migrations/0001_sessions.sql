-- Who has acted, and when last. A session appears with its first event, registered or not.
create table sessions (
  session_id text primary key,
  machine text,
  user_name text,
  agent text,
  project_key text,
  capabilities jsonb not null default '[]',
  registered_at timestamptz not null,
  -- false until SessionRegistered is in the log, too
  registered boolean not null,
  last_activity_at timestamptz not null
);
create index sessions_by_activity on sessions (last_activity_at);
create index sessions_by_project on sessions (project_key, last_activity_at);
create index unregistered_sessions on sessions (session_id) where not registered;

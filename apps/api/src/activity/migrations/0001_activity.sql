-- When a session gave a sign that the log does not hold: a command that changed nothing, or was refused. Beside the log, not
-- made from it.
create table seen (
  session_id text primary key,
  at timestamptz not null
);
create index seen_by_time on seen (at);

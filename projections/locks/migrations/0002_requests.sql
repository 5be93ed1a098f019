-- One row for each resource that a claim waits for just now: gone when it was granted or withdrawn. `position` is that of its event.
create table requests (
  position bigint primary key,
  request_id text not null,
  project_key text not null,
  session_id text not null,
  resource text not null,
  mode text not null,
  queued_at timestamptz not null,
  until timestamptz not null
);
create index requests_by_id on requests (request_id);
create index requests_by_project on requests (project_key, position);
create index requests_by_session on requests (session_id);
create index requests_by_end on requests (until);

-- Every project key that was used, with what it holds.
create table projects (
  project_key text primary key,
  events bigint not null,
  active_locks bigint not null,
  components bigint not null,
  messages bigint not null,
  last_activity_at timestamptz not null
);

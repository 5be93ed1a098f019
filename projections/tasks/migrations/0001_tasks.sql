-- What lists and metrics ask for of each task. Metrics look at all tasks of a project, so the rows are short, and the whole stands beside them.
create table tasks (
  task_id text primary key,
  project_key text,
  status text not null,
  blocked boolean not null,
  forced boolean not null,
  started timestamptz not null,
  completed_at timestamptz,
  blocked_since timestamptz,
  blocked_ms bigint not null,
  -- of its first event
  position bigint not null
);
create index tasks_by_position on tasks (position);
create index tasks_by_project on tasks (project_key, position);
create index tasks_by_status on tasks (status, position);
create index tasks_by_project_and_status on tasks (project_key, status, position);
create index tasks_blocked on tasks (position) where blocked;

-- Each task as a whole: what its events fold to.
create table states (
  task_id text primary key,
  state jsonb not null
);

-- In how many tasks of a project (empty: of none) a gate stands how, and how many of its reports said so.
create table gates (
  project_key text not null,
  name text not null,
  passed bigint not null,
  failed bigint not null,
  not_run bigint not null,
  reports_passed bigint not null,
  reports_failed bigint not null,
  primary key (project_key, name)
);

-- Each task as it is. `state` is what its events fold to; the other columns are what lists and metrics ask for.
-- Metrics look at all tasks of a project: whatever is longer than this stands beside the rows, so that they stay short.
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
  state jsonb not null,
  -- of its first event
  position bigint not null
) with (toast_tuple_target = 128);
create index tasks_by_position on tasks (position);
create index tasks_by_project on tasks (project_key, position);
create index tasks_by_status on tasks (status, position);
create index tasks_by_project_and_status on tasks (project_key, status, position);
create index tasks_blocked on tasks (position) where blocked;

-- What the gates of each task last said (null: the task does not have it any more), and how often they were reported to pass or fail.
create table gates (
  task_id text not null,
  name text not null,
  status text,
  reports_passed bigint not null,
  reports_failed bigint not null,
  primary key (task_id, name)
);

-- Workflows with the progress of their work items, and the items. `position` is that of the creation: older first means that order.
create table workflows (
  id uuid primary key,
  position bigint not null,
  project_key text not null,
  name text not null,
  description text,
  status text not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- of its work items
  total integer not null,
  completed integer not null,
  in_progress integer not null,
  blocked integer not null
);
create unique index workflows_by_position on workflows (position);
create index workflows_by_project on workflows (project_key, position);
create index workflows_by_status on workflows (project_key, status, position);
create index workflows_not_over on workflows (position) where status not in ('completed', 'cancelled');
create index workflows_not_over_by_project on workflows (project_key, position) where status not in ('completed', 'cancelled');

create table work_items (
  id uuid primary key,
  position bigint not null,
  workflow_id uuid not null,
  project_key text not null,
  title text not null,
  description text,
  status text not null,
  priority integer not null,
  assigned_to text,
  depends_on jsonb not null,
  -- how many of those are not completed
  open_dependencies integer not null,
  ready boolean not null generated always as (status = 'pending' and open_dependencies = 0) stored,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  revision integer not null
);
create unique index work_items_by_place on work_items (priority desc, position);
create index work_items_by_project on work_items (project_key, priority desc, position);
create index work_items_by_status on work_items (project_key, status, priority desc, position);
create index work_items_by_workflow on work_items (workflow_id, priority desc, position);
create index work_items_by_assignee on work_items (assigned_to, priority desc, position) where assigned_to is not null;
create index work_items_not_over_by_assignee on work_items (assigned_to, priority desc, position)
  where assigned_to is not null and status in ('pending', 'in_progress', 'blocked');
create index ready_items on work_items (priority desc, position) where ready;
create index ready_items_by_project on work_items (project_key, priority desc, position) where ready;
create index ready_items_by_workflow on work_items (workflow_id, priority desc, position) where ready;
-- what a claim of the next item may get: however many are done, or waiting for someone in particular, it finds the best at once
create index claimable_items on work_items (project_key, priority desc, position) where ready and assigned_to is null;
create index claimable_items_by_workflow on work_items (workflow_id, priority desc, position) where ready and assigned_to is null;

create table dependencies (
  work_item_id uuid not null,
  depends_on uuid not null,
  primary key (work_item_id, depends_on)
);
create index dependents on dependencies (depends_on);

-- How much work of a project is ready, in progress and blocked.
create table work_counts (
  project_key text primary key,
  ready integer not null,
  in_progress integer not null,
  blocked integer not null
);

-- Handoffs whose receiver has not been sent the message yet.
create table untold_handoffs (
  message_id uuid primary key,
  work_item_id uuid not null,
  workflow_id uuid not null,
  project_key text not null,
  title text not null,
  from_session text not null,
  to_session text not null,
  note text not null
);

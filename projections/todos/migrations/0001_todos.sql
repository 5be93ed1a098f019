-- Todos as they are. `position` is that of the adding: oldest first means that order.
create table todos (
  id uuid primary key,
  position bigint not null,
  text text not null,
  status text not null,
  created_by_user text,
  created_by_machine text,
  assigned_to_user text,
  project_key text,
  parent_id uuid,
  source text,
  auto boolean not null,
  created_at timestamptz not null,
  completed_at timestamptz,
  completed_by text
);
create unique index todos_by_position on todos (position);
create index todos_by_project on todos (project_key, position);
create index todos_by_user on todos (coalesce(assigned_to_user, created_by_user), position);
-- what is open stays few, however much was done
create index open_todos on todos (position) where status = 'pending';
create index open_todos_by_project on todos (project_key, position) where status = 'pending';
create index open_todos_by_user on todos (coalesce(assigned_to_user, created_by_user), position) where status = 'pending';

-- The latest state of each component, and every state that it had.
create table components (
  project_key text not null,
  component text not null,
  state text not null,
  version text,
  notes text,
  updated_by text not null,
  updated_at timestamptz not null,
  revision integer not null,
  position bigint not null,
  primary key (project_key, component)
);
create index components_by_change on components (position);
create index components_by_project on components (project_key, position);

create table component_history (
  project_key text not null,
  component text not null,
  revision integer not null,
  state text not null,
  version text,
  notes text,
  updated_by text not null,
  updated_at timestamptz not null,
  position bigint not null,
  primary key (project_key, component, revision)
);

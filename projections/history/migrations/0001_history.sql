-- Every event, by whatever it may be looked for.
create table events (
  position bigint primary key,
  stream text not null,
  revision bigint not null,
  type text not null,
  at timestamptz not null,
  actor text,
  project_key text,
  causation_id text,
  correlation_id text,
  -- the lock, message, … that it is about, and the resource of a lock
  subject text,
  resource text,
  data jsonb not null
);
create index events_by_stream on events (stream, position);
create index events_by_project on events (project_key, position);
create index events_by_actor on events (actor, position);
create index events_by_type on events (type, position);
create index events_by_subject on events (subject, position) where subject is not null;
create index events_by_resource on events (resource, position) where resource is not null;
create index events_by_time on events using brin (at);

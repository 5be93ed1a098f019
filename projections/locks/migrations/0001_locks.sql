-- One row for each lock that was ever granted. `position` is that of its claim: oldest first means that order.
create table locks (
  id uuid primary key,
  position bigint not null,
  project_key text not null,
  session_id text not null,
  resource text not null,
  -- the literal path that a resource begins with: narrows the candidates of an overlap
  prefix text not null,
  mode text not null,
  description text,
  ttl_hours double precision not null,
  acquired_at timestamptz not null,
  renewed_at timestamptz,
  expires_at timestamptz,
  fence bigint not null,
  status text not null,
  ended_at timestamptz,
  ended_by text,
  end_reason text
);
create index locks_by_project on locks (project_key, position);
create index locks_by_session on locks (session_id, position);
create index active_locks on locks (position) where status = 'active';
create index active_locks_by_project on locks (project_key, position) where status = 'active';
create index active_locks_by_session on locks (session_id, position) where status = 'active';
create index active_locks_by_expiry on locks (expires_at) where status = 'active';

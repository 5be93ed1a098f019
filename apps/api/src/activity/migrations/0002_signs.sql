-- The last heartbeat among the signs: one that said nothing new leaves no event.
alter table seen add column heartbeat_at timestamptz;

-- What `seen` was at earlier moments, for looks at the past. `transaction`: whether a look at that time could see it.
create table signs (
  session_id text not null,
  at timestamptz not null,
  transaction xid8 not null default pg_current_xact_id(),
  heartbeat boolean not null default false,
  primary key (session_id, at)
);

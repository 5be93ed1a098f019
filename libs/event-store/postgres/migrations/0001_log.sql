-- The log: the only truth. Positions have no gaps and become visible in their order (see append).
create table events (
  position bigint primary key,
  stream text not null,
  revision bigint not null,
  id uuid not null unique,
  type text not null,
  -- json, not jsonb: an event comes back as it was written (order of keys, spelling of numbers, escaped lone surrogates),
  -- and costs no conversion on the way in. The server still refuses what is not JSON.
  data json not null,
  metadata json not null,
  unique (stream, revision)
);

-- Uncompressed, so that pg_column_size is what an event will cost a page, and no time goes into compression under the append lock.
alter table events alter column data set storage external;
alter table events alter column metadata set storage external;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The log is append-only: % is refused.', tg_op using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete or truncate on events for each statement execute function refuse_change();
-- Also where ordinary triggers sleep, as under session_replication_role = replica.
alter table events enable always trigger append_only;

-- Beside the log: may be lost, and then costs only the time to read a stream from its start.
create table snapshots (
  stream text primary key,
  revision bigint not null,
  schema integer not null,
  state json not null
);

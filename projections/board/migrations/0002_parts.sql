-- A large snapshot is written in parts, by the way of the events that follow. It counts when its last part is there. One of before is its only part.
alter table snapshots
  add column part integer not null default 0,
  add column parts integer not null default 1,
  drop constraint snapshots_pkey,
  add primary key (position, part);
drop index snapshots_by_time;
create index snapshots_by_time on snapshots (latest_at, position) where part = parts - 1;

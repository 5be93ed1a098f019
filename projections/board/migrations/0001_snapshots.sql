-- The board now and then: what was open after the event at `position`. From the one before it, a board of any moment is a few events away.
create table snapshots (
  position bigint primary key,
  -- the latest moment of any event up to there: grows with the position, also where events came in another order than their moments
  latest_at timestamptz not null,
  schema integer not null,
  -- json, not jsonb: it comes back as it was written, and costs no conversion
  state json not null
);
create index snapshots_by_time on snapshots (latest_at, position);
-- Compression would cost more time than the space is worth.
alter table snapshots alter column state set storage external;

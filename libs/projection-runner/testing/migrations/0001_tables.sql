create table totals (
  account text primary key,
  total bigint not null,
  events bigint not null
);

-- No key: an event that was applied twice shows as two rows.
create table entries (
  position bigint not null,
  account text not null
);

-- Which board was shown at a moment: the position of the log, and which signs of activity beside the log could be seen. Two events or signs
-- may get in each other's way on their way into the database; a time alone does not say which of them a board showed. Rows that say no more
-- than their time does are removed.
create table moments (
  at timestamptz primary key,
  position bigint not null,
  seen pg_snapshot not null,
  noted_at timestamptz not null default now(),
  -- looked at, and kept: it says more than its time does
  kept boolean not null default false
);
create index moments_to_look_at on moments (noted_at) where not kept;

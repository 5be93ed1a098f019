-- A heartbeat and another command in the same millisecond are two signs: each was seen or not by a look at that time.
alter table signs drop constraint signs_pkey, add primary key (session_id, at, heartbeat);
create index heartbeat_signs on signs (session_id, at) where heartbeat;
create index signs_by_transaction on signs (transaction);

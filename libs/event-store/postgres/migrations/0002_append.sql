-- Appends to many streams in one call; each has its own expected revision and its own outcome.
--   streams, expectations: one entry for each stream; an expectation is a revision, -1 (must not exist) or -2 (any)
--   owners … metadatas: one entry for each event; owners says which entry of streams it belongs to, places which event of that append it is, both from 1
-- Gives one row for each stream, in no order: ordinal (its place), appended, and the revision and position that
-- AppendOutcome speaks of. A conflict is a row, not an exception, so that it costs its neighbours nothing.
create function append(streams text[], expectations bigint[], owners integer[], places integer[], ids uuid[], types text[], datas text[], metadatas text[])
returns table (ordinal integer, appended boolean, revision bigint, "position" bigint)
language plpgsql
set search_path from current
as $$
#variable_conflict use_column
declare
  head bigint;
  last bigint;
begin
  -- One writer at a time, until its commit is visible: a reader that has seen a position has seen all before it. 'coord' in ASCII.
  perform pg_advisory_xact_lock(x'636f6f7264'::bigint);
  select coalesce(max(position), 0) into head from events;
  -- One stream whose exact expectation holds: the usual call of one client, and of many who write to one stream. Half the work.
  if cardinality(streams) = 1 and expectations[1] <> -2 then
    select coalesce((select revision from events where stream = streams[1] order by revision desc limit 1), -1) into last;
    if last = expectations[1] then
      insert into events (position, stream, revision, id, type, data, metadata)
      select head + n, streams[1], last + n, id, type, data::json, metadata::json
      from unnest(ids, types, datas, metadatas) with ordinality as brought (id, type, data, metadata, n)
      order by n;
      return query select 1, true, last + cardinality(ids), head + cardinality(ids);
      return;
    end if;
  end if;
  return query
  with asked as materialized (
    select n::integer as ordinal, stream, expected,
      coalesce((select revision from events where events.stream = asked.stream order by revision desc limit 1), -1) as current
    from unnest(streams, expectations) with ordinality as asked (stream, expected, n)
  ), brought as materialized (
    select *
    from unnest(owners, places, ids, types, datas, metadatas) with ordinality as brought (owner, place, id, type, data, metadata, n)
  ), doubted as materialized (
    -- Where an exact expectation holds, nothing of the append can be there yet: the usual case is spared the search by id.
    select ordinal, expected, stream, place, id
    from asked
    join brought on owner = ordinal
    where expected = -2 or expected <> current
  ), repeated as (
    -- Written by an earlier attempt whose answer got lost: all of it, in a row, where it was expected.
    select ordinal, max(revision) as revision, max(position) as position
    from doubted
    left join events using (stream, id)
    group by ordinal, expected
    having count(revision) = count(*) and min(revision - place) = max(revision - place) and expected in (-2, min(revision - place))
  ), judged as materialized (
    select ordinal, stream, current, repeated.revision, repeated.position,
      case when repeated.revision is not null then 'repeated' when expected in (-2, current) then 'accepted' else 'refused' end as verdict
    from asked
    left join repeated using (ordinal)
  ), planned as materialized (
    select ordinal, stream, current + place as revision, head + row_number() over (order by n) as position, id, type, data, metadata
    from judged
    join brought on owner = ordinal
    where verdict = 'accepted'
  ), written as (
    insert into events (position, stream, revision, id, type, data, metadata)
    select position, stream, revision, id, type, data::json, metadata::json from planned order by position
  ), ends as (
    select ordinal, max(revision) as revision, max(position) as position from planned group by ordinal
  )
  select ordinal, verdict <> 'refused',
    case verdict when 'repeated' then judged.revision when 'accepted' then coalesce(ends.revision, current) else current end,
    case verdict when 'repeated' then judged.position when 'accepted' then coalesce(ends.position, head) else head end
  from judged
  left join ends using (ordinal);
end $$;

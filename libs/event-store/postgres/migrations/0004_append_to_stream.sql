-- The usual call: an append to one stream that is where it is expected, of one client, or of many who write to the same stream. It does the least
-- that it can: no sets, no order, no search_path of its own. Where the stream is elsewhere, append finds out what that means.
--   datas, metadatas: one line for each event. A JSON text has no raw line break, and to cut lines costs half of reading an array literal.
-- contended: somebody has the turn at the stream (0003_turns.sql); whoever wants it from now on gets it when this call is committed.
create function append_to_stream(
  stream text, expected bigint, ids uuid[], types text[], datas text, metadatas text,
  out appended boolean, out revision bigint, out "position" bigint, out contended boolean
)
language plpgsql
as $$
#variable_conflict use_variable
declare
  count integer := cardinality(ids);
  head bigint;
  last bigint;
begin
  -- the same lock as in append
  perform pg_advisory_xact_lock(x'636f6f7264'::bigint);
  select
    coalesce((select e.position from log.events e order by e.position desc limit 1), 0),
    coalesce((select e.revision from log.events e where e.stream = stream order by e.revision desc limit 1), -1)
  into head, last;
  if last = expected then
    insert into log.events (position, stream, revision, id, type, data, metadata)
    select head + n, stream, last + n, id, type, data::json, metadata::json
    from unnest(ids, types, string_to_array(datas, chr(10)), string_to_array(metadatas, chr(10)))
      with ordinality as brought (id, type, data, metadata, n);
    appended := true;
    revision := last + count;
    "position" := head + count;
  else
    select made.appended, made.revision, made.position into appended, revision, "position"
    from log.append(
      array[stream], array[expected], array_fill(1, array[count]), array(select generate_series(1, count)), ids, types,
      string_to_array(datas, chr(10)), string_to_array(metadatas, chr(10))
    ) as made;
  end if;
  contended := not pg_try_advisory_xact_lock(log.turn_at(stream));
end $$;

-- Turns at a stream, for instances whose appends to it would refuse each other (see Turn in event-store.ts). They are a courtesy:
-- nothing in append asks for them.

-- The advisory lock that is the turn at a stream. 'turn' in ASCII.
create function turn_at(stream text) returns bigint language sql immutable as $$
  select hashtextextended(stream, x'7475726e'::bigint)
$$;

-- Waits until nobody else has the turn at the stream; then it is the session's until pg_advisory_unlock_all. Gives the events behind the
-- revision that is known, as they are now (each statement of a volatile function sees what is committed when it begins), as many as
-- `most`, or fewer where they are large. `bytes` grows from row to row.
create function take_turn(stream text, known bigint, most integer, most_bytes bigint)
returns table ("position" bigint, revision bigint, id uuid, type text, data json, metadata json, bytes bigint)
language plpgsql
set search_path from current
-- Whoever stands still in his turn, as a stopped process does, holds nobody up for longer.
set lock_timeout = '250ms'
as $$
#variable_conflict use_column
begin
  perform pg_advisory_lock(turn_at(take_turn.stream));
  return query
  select position, revision, id, type, data, metadata, bytes
  from (
    select *, (sum(pg_column_size(data) + pg_column_size(metadata)) over (order by revision))::bigint as bytes
    from events where events.stream = take_turn.stream and revision > known order by revision limit most
  ) page
  where bytes - pg_column_size(data) - pg_column_size(metadata) < most_bytes
  order by revision;
end $$;

-- Appends to one stream and gives the turn back, in this order: whoever has it next reads what is committed. In one call, since each call
-- wakes the server's process; a procedure, since only that may commit half-way (and therefore without a search_path of its own).
create procedure append_in_turn(
  stream text, expected bigint, ids uuid[], types text[], datas text[], metadatas text[],
  inout appended boolean, inout revision bigint, inout "position" bigint
)
language plpgsql
as $$
#variable_conflict use_variable
declare
  count integer := cardinality(ids);
begin
  select made.appended, made.revision, made.position into appended, revision, "position"
  from log.append(array[stream], array[expected], array_fill(1, array[count]), array(select generate_series(1, count)), ids, types, datas, metadatas) as made;
  commit;
  perform pg_advisory_unlock_all();
end $$;

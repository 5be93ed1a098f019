-- An answer that was given is on disk, also in a database that is tuned not to wait for it (alter database … set synchronous_commit = off).
-- For the transaction that appends, and not on the function that does: that would be over before the commit. What waits for more than the
-- disk (remote_apply), or for this disk alone (local), is the operator's choice.
create function be_on_disk() returns trigger language plpgsql as $$
begin
  set local synchronous_commit = on;
  return null;
end $$;

create trigger on_disk before insert on events for each statement
  when (current_setting('synchronous_commit') = 'off') execute function be_on_disk();

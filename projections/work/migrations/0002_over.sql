-- Whether the workflow of an item is completed or cancelled: no one who asks for the next item means such a one. It stands with the item so
-- that a claim finds the best at once, however many items workflows have left behind.
alter table work_items add column workflow_over boolean not null default false;
update work_items i set workflow_over = true from workflows w where w.id = i.workflow_id and w.status in ('completed', 'cancelled');

drop index claimable_items;
drop index claimable_items_by_workflow;
create index claimable_items on work_items (project_key, priority desc, position) where ready and assigned_to is null and not workflow_over;
create index claimable_items_by_workflow on work_items (workflow_id, priority desc, position)
  where ready and assigned_to is null and not workflow_over;

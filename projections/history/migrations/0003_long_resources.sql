-- By a hash of the resource: its 4,096 characters can be more than a place in an index holds.
drop index events_by_resource;
create index events_by_resource on events (hashtextextended(resource, 0), position) where resource is not null;

create index signs_by_time on signs (at);

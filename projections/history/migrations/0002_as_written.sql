-- json, not jsonb: nobody searches in it, it is given out as it was written, and it costs a quarter less to fill the table.
alter table events alter column data type json using data::json;

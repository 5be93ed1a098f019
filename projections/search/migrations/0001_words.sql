-- The words of each message, by the position of its sending. Those of the subject weigh A, those of the body D.
create table words (
  position bigint primary key,
  words tsvector not null
);
create index words_by_word on words using gin (words);

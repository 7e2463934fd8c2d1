-- The languages whose stems the search index has. A search looks for no others: each would be one more entry of each bucket.
-- Not unique: transactions that add the same language do not wait for each other.
create table search_language (
    code text not null
);

-- The lexemes of the search index now begin with the bucket of their resource (see SearchDocument). So the words of all
-- resources are written again, in the background.
truncate resource_search;
-- A search reads the entries that are not merged into the index yet once for each bucket.
alter index resource_search_words set (gin_pending_list_limit = 512);
insert into search_backlog (resource_id) select id from resource order by id on conflict do nothing;

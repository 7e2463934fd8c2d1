-- The lexemes of the search index now begin with the bucket of their resource (see SearchDocument). So the words of all
-- resources are written again, in the background.
truncate resource_search;
insert into search_backlog (resource_id) select id from resource order by id on conflict do nothing;

-- The resources whose current words are not in resource_search yet. Saving a resource adds it here in the same transaction;
-- the words are written later, and then the row is removed (see SearchBacklog).
create table search_backlog (
    resource_id bigint primary key references resource (id) on delete cascade
);

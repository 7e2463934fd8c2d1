-- The words by which readers find a resource, weighted by where they stand: title A, tags B, other titles C, description D.
-- Written by SearchIndex, which says what the lexemes are.

create table resource_search (
    resource_id bigint primary key references resource (id) on delete cascade,
    words tsvector not null
);

-- Each match is read several times to rank it; not having to decompress it each time halves what a search takes.
alter table resource_search alter column words set storage external;

create index resource_search_words on resource_search using gin (words);

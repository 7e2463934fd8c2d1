-- The words of all resources, for suggestions and for the correction of misspelled words (WordList). Written together with
-- resource_search, and counted again from time to time. It also has words that only unpublished resources contain: the program
-- suggests none of these.
create table search_word (
    word text collate "C" not null, -- folded, as a search compares words
    written text not null, -- with its accents, as one of the resources has it
    number integer not null, -- how many public resources contain it; an estimate if there are many
    due timestamptz not null, -- when it is to be counted again
    -- Suggestions are read from this index alone.
    constraint search_word_pkey primary key (word) include (written, number)
);
create index search_word_due on search_word (due);

-- The types of the material of a resource, such as "pdf". They are also lexemes of resource_search.
alter table resource_search add column types text[] not null default '{}';

-- Similar words are found with the extension pg_trgm. Creating it requires the right to create in the database, and that the
-- server has it. Otherwise, misspelled words are not corrected until an administrator has created it (WordList.prepare).
do $$
begin
    create extension if not exists pg_trgm;
exception when others then
    raise notice 'pg_trgm cannot be created: %', sqlerrm;
end
$$;
do $$
declare
    place text;
begin
    select nspname into place from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
     where extname = 'pg_trgm' and has_schema_privilege(pg_namespace.oid, 'usage');
    if place is not null then
        execute format('create index search_word_similar on search_word using gin (word %I.gin_trgm_ops)', place);
    end if;
end
$$;

-- All resources are indexed again, in the background. Meanwhile, searches find them by the existing index.
insert into search_backlog (resource_id) select id from resource order by id on conflict do nothing;

-- What the pages ask for beside lists: what has a tag, read from the index alone, and what a run brought.

drop index resource_tag_tag;
create index resource_tag_tag on resource_tag (tag_id, resource_id);

-- In which languages there is a title; counting them by the title itself takes twice as long.
create function languages_of(texts jsonb) returns text[] language sql immutable strict parallel safe
    return array(select jsonb_object_keys(texts));

alter table resource add column languages text[] not null generated always as (languages_of(title)) stored;

create index resource_author_run on resource (author_run) where author_run is not null;
create index revision_author_run on revision (author_run) where author_run is not null;

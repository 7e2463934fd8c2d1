-- The curated vocabulary, the rules that map categories and tags, and likely duplicates.

-- ------------------------------------------------------------------------------------------------------------ vocabulary

alter table category
    add hidden boolean not null default false, -- whether facets leave out its tags
    add topic integer, -- the place among the topics of the home page, from 0; null if it was not chosen
    add own boolean not null default false; -- whether a local resource had one of its tags
-- The texts of tags can change now. Programs keep the tags that they have read, and compare the version.
alter table tag
    add hidden boolean not null default false,
    add version integer not null default 0;
update category set own = true
 where exists (select from tag
                 join resource_tag on resource_tag.tag_id = tag.id
                 join resource on resource.id = resource_tag.resource_id
                where tag.category_id = category.id and resource.source_peer is null);

-- The rules by which categories and tags are replaced.
create table tag_rule (
    id bigint generated always as identity primary key,
    peer_id bigint references peer (id), -- null for all resources
    category text not null,
    category_spelling text not null, -- folded, as in category
    name text, -- null for the whole category
    name_spelling text not null, -- folded, as in tag; empty for the whole category
    to_category text not null,
    to_name text,
    made_by text not null,
    made_at timestamptz not null,
    constraint tag_rule_names check ((name is null) = (to_name is null))
);
create unique index tag_rule_key on tag_rule (coalesce(peer_id, 0), category_spelling, name_spelling);

-- The tags of the current revision that rules replaced: an array of objects with the tag as it was (RevisionDocument) and the
-- id of the tag that the resource has instead. Null if there are none.
alter table resource add mapped_tags jsonb;
-- Changes of the vocabulary examine these, because the tags of a waiting revision are in no index.
create index resource_waiting on resource (id) where waiting_number is not null;

-- The changes of the vocabulary that have not reached all resources yet (see Retagging).
create table retagging (
    id bigint generated always as identity primary key,
    tags bigint[] not null,
    from_category text, -- folded
    from_name text, -- folded; empty for the whole category
    peer_id bigint references peer (id),
    touches boolean not null,
    made_by text not null,
    total bigint not null,
    changed bigint not null default 0,
    pass integer not null default 0,
    leases uuid[], -- the leases of the runs that may not know the change; null until it was claimed
    after_id bigint not null default 0, -- the resource that was examined last in this pass
    settled boolean not null default false, -- whether those runs had ended when this pass began
    ended boolean not null default false -- whether the pass has ended, so that the next one begins when the runs have ended
);

-- ------------------------------------------------------------------------------------------------------------ duplicates

-- The keys of each resource, of its titles and its links. Resources with the same key are likely the same. They are written
-- together with the words of the search index.
create table duplicate_key (
    resource_id bigint not null references resource (id) on delete cascade,
    key uuid not null,
    primary key (resource_id, key)
);
create index duplicate_key_key on duplicate_key (key, resource_id);

-- The number of resources with each key.
create table duplicate_group (
    key uuid primary key,
    reason text not null check (reason in ('link', 'title')),
    size integer not null,
    dismissed integer not null default 1 -- the size up to which the group is not shown
);
create index duplicate_group_shown on duplicate_group (key) where size > dismissed;

-- The redirects from archived resources to those that took their place.
create table redirect (
    from_guid uuid primary key,
    to_guid uuid not null,
    made_by text not null,
    made_at timestamptz not null
);

-- The keys of the existing resources are written in the background.
insert into search_backlog (resource_id) select id from resource order by id on conflict do nothing;

-- What serving ORB v1 needs: who added a resource, readable addresses that differ, who may write, who asked how much, and who
-- is signed in.

alter table account add column writes_api boolean not null default false;

-- Who added the resource to this library; null if a sync did. Theirs is the first revision.
alter table resource add column created_by text;

update resource r
   set created_by = case when r.revision_number = 1 then r.author_user
       else (select v.author_user from revision v where v.resource_id = r.id and v.number = 1) end;

create index resource_created_by on resource (created_by);
create index resource_author_user on resource (author_user);

-- Existing sites want every link and file to have a GUID of its own; not every peer keeps to that.
create index link_guid on link (guid);
create index file_guid on file (guid);

-- For lists of every status, and for those that go on behind a title.
create index resource_updated_any on resource (updated, id);

update resource r
   set slug = r.slug || '-' || r.id
 where exists (select from resource o where o.slug = r.slug and o.id < r.id);

alter table resource add constraint resource_slug_key unique (slug);

alter table tag add column slug text;

update tag
   set slug = coalesce(nullif(trim(both '-' from regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')), '') || '-', '')
           || left(guid::text, 8);

update tag t
   set slug = t.slug || '-' || t.id
 where exists (select from tag o where o.slug = t.slug and o.id < t.id);

alter table tag alter column slug set not null;
alter table tag add constraint tag_slug_key unique (slug);

-- Forgotten after a crash, and quick: what it counts matters for an hour.
create unlogged table api_request (
    account text not null references account (name) on delete cascade,
    at timestamptz not null
);

create index api_request_account on api_request (account, at);

create table session (
    secret_hash bytea primary key, -- keyed
    account text not null references account (name) on delete cascade,
    expires timestamptz not null
);

create index session_expires on session (expires);

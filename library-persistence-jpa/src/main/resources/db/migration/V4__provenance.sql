-- A run that the peer asked to come back later says from when on.
alter table sync_log add column throttled_until timestamptz;
update sync_log set throttled_until = finished where status = 'throttled';
alter table sync_log add constraint sync_log_throttled check ((status = 'throttled') = (throttled_until is not null));

-- One row: which library this is.
create table library (
    id uuid primary key
);
insert into library (id) values (gen_random_uuid());

-- A removed peer is kept for what it brought and for its runs.
alter table peer
    add column removed boolean not null default false,
    add column archives_withdrawn boolean not null default false,
    drop constraint peer_host_key;
create unique index peer_host_key on peer (host) where not removed;

alter table resource
    add column source_route uuid[], -- the libraries that it came through, the source last
    add column reviewed integer not null default 0; -- the revision on which a reviewer last decided
update resource set source_route = '{}' where source_peer is not null;
update resource set reviewed = revision_number where status <> 'pending';
alter table resource add constraint resource_route check ((source_peer is null) = (source_route is null));

create index resource_changed_upstream on resource (guid)
    where status in ('approved', 'rejected') and revision_number > reviewed and author_peer is not null;

-- What each peer offers, or did.
alter table taken_version rename to offer;
alter table offer
    alter column version drop not null, -- null where nothing was taken
    add column remote_id text, -- by which the peer fetches it; null where it is not known
    add column read_at timestamptz, -- when it was last read; null if before this was noted
    add column circular boolean not null default false, -- the peer has it from this library
    add column withdrawal_reviewed boolean not null default false;
update offer set version = null where version = '' and withdrawn is not null;
create index offer_guid on offer (guid);
create index offer_withdrawn on offer (guid) where withdrawn is not null;

-- Resources whose source is lost: it cannot be asked or offers them no longer, or has them from this library.
create view orphan as
    select guid, source_peer, unreachable
      from (select resource.guid, resource.source_peer,
                   peer.removed or not peer.active or peer.api_user is null or peer.api_key is null
                       or offer.withdrawn is not null as unreachable,
                   (select id from library) = any (resource.source_route) as circular
              from resource
              join peer on peer.id = resource.source_peer
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid) as source
     where unreachable or circular;

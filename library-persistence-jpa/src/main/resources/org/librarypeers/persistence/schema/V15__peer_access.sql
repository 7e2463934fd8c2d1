-- How the resources of a peer are read: by requests to an ORB v1 address, or from bundles that people carry.
alter table peer add kind text not null default 'orb' check (kind in ('orb', 'bundle'));
alter table peer alter kind drop default;
alter table peer alter host drop not null;
alter table peer add bundle_key text check (bundle_key ~ '^[0-9a-f]{64}$'); -- the Ed25519 public key of its bundles
alter table peer add bundle_key_confirmed boolean not null default false;
alter table peer add constraint peer_access check (
    case kind when 'orb' then host is not null
              else bundle_key is not null and api_user is null and api_key is null end);
alter table peer add constraint peer_bundle_key_confirmed check (bundle_key is not null or not bundle_key_confirmed);
create unique index peer_bundle_key_key on peer (bundle_key) where not removed;

-- A source without credentials is usable if its bundles are trusted.
create or replace view orphaned_resource as
    select guid, source_peer, unreachable
      from (select resource.guid, resource.source_peer,
                   peer.removed or not peer.active
                       or ((peer.api_user is null or peer.api_key is null) and not peer.bundle_key_confirmed)
                       or offer.withdrawn is not null as unreachable,
                   (select id from library) = any (resource.source_route) as circular
              from resource
              join peer on peer.id = resource.source_peer
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid) as source
     where unreachable or circular;

-- The key with which this library signs its bundles.
create table signing_key (
    id integer primary key check (id = 1),
    public_key text not null check (public_key ~ '^[0-9a-f]{64}$'),
    private_key bytea not null, -- encrypted
    created timestamptz not null
);

-- A third way to read a peer: a repository that speaks OAI-PMH.
alter table peer add oai_url text; -- the base URL
alter table peer add oai_set text; -- null for the whole repository
alter table peer add oai_prefix text; -- the metadata format
alter table peer add oai_mapping text; -- which fields the Dublin Core elements fill; empty for the default

alter table peer drop constraint peer_kind_check;
alter table peer add constraint peer_kind_check check (kind in ('orb', 'bundle', 'oai'));
alter table peer drop constraint peer_access;
alter table peer add constraint peer_access check (
    case kind when 'orb' then host is not null
              when 'bundle' then bundle_key is not null and api_user is null and api_key is null
              else oai_url is not null and oai_prefix is not null and oai_mapping is not null and host is null
                   and bundle_key is null and api_user is null and api_key is null end);
alter table peer add constraint peer_repository check (
    kind = 'oai' or (oai_url is null and oai_set is null and oai_prefix is null and oai_mapping is null));
create unique index peer_repository_key on peer (oai_url, coalesce(oai_set, '')) where not removed;

-- A repository needs no credentials to be a usable source.
create or replace view orphaned_resource as
    select guid, source_peer, unreachable
      from (select resource.guid, resource.source_peer,
                   peer.removed or not peer.active
                       or ((peer.api_user is null or peer.api_key is null) and not peer.bundle_key_confirmed
                           and peer.kind <> 'oai')
                       or offer.withdrawn is not null or coalesce(offer.left_out, false) as unreachable,
                   (select id from library) = any (resource.source_route) as circular
              from resource
              join peer on peer.id = resource.source_peer
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid) as source
     where unreachable or circular;

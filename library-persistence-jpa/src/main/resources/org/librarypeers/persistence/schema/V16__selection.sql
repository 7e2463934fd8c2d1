-- Selection rules: which of a peer's offers are taken.

-- The rule of each peer, as text; empty if it takes everything.
alter table peer add selection text not null default '';

-- The rule that was last applied to all offers of the peer.
alter table harvest add selection text not null default '';

alter table offer add left_out boolean not null default false; -- by the rule of the peer or a refusal
alter table offer add due boolean not null default false; -- whether its body is to be requested although it may not have changed
alter table offer add facts jsonb; -- what rules decide on: title, categories, tags, languages, types, updated; null if unknown
create index offer_left_out on offer (peer_id) where left_out;
create index offer_due on offer (peer_id, guid) where due;

-- The resources that are never taken, from any peer.
create table refusal (
    guid uuid primary key,
    title text not null, -- when it was refused; empty if unknown
    made_by text not null,
    made_at timestamptz not null,
    reason text not null
);
create index refusal_made on refusal (made_at, guid);

alter table sync_log add left_out integer not null default 0;

alter table run_item drop constraint run_item_outcome_check;
alter table run_item add constraint run_item_outcome_check check (outcome in
    ('added', 'updated', 'unchanged', 'kept_local', 'kept_other_source', 'failed', 'withdrawn', 'left_out'));
drop index run_item_unchanged;
create index run_item_listed on run_item (run_id, remote_id) where outcome in ('unchanged', 'left_out');

-- A source that leaves a resource out does not update it either.
create or replace view orphaned_resource as
    select guid, source_peer, unreachable
      from (select resource.guid, resource.source_peer,
                   peer.removed or not peer.active
                       or ((peer.api_user is null or peer.api_key is null) and not peer.bundle_key_confirmed)
                       or offer.withdrawn is not null or coalesce(offer.left_out, false) as unreachable,
                   (select id from library) = any (resource.source_route) as circular
              from resource
              join peer on peer.id = resource.source_peer
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid) as source
     where unreachable or circular;

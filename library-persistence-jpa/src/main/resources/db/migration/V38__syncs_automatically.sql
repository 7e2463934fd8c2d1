-- Whether a peer is synced without being asked to. Those that were synced before go on as they did.
alter table peer add column syncs_automatically boolean not null default false;
update peer set syncs_automatically = true
 where not removed and exists (select from sync_log where sync_log.peer_id = peer.id);

-- What was corrected or left out of what a run accepted: a JSON array of objects with kind, field and detail; null if nothing.

alter table run_item add column remarks jsonb;
create index run_item_remarked on run_item (run_id, id) where remarks is not null;

-- Of what was last accepted from each peer.
alter table offer add column remarks jsonb;

alter table sync_log add column remarked integer not null default 0;

-- The deletions that bundles carried before their peer was read up to them. An older bundle may still bring these resources. They are
-- forgotten when the cursor has passed them.
create table early_deletion (
    peer_id bigint not null references peer (id),
    guid uuid not null,
    position bigint not null, -- in the feed of the peer, not before the deletion
    primary key (peer_id, guid)
);

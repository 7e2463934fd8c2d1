-- Items that a peer listed and that were not there when they were asked for. Those that are no bad items any more are not asked for
-- again before the peer lists another version.
create table absent_item (
    peer_id bigint not null references peer (id),
    remote_id text not null,
    version text not null,
    primary key (peer_id, remote_id)
);

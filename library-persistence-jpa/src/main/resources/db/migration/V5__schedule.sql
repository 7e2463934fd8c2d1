-- When each peer is synced next, and by which node just now. The columns are those of db-scheduler, which reads and writes
-- them. One row a peer, so that the primary key is the only index it takes.
create table sync_schedule (
    task_name text not null,
    -- The number of the peer.
    task_instance text not null,
    -- What the next run must know of those before.
    task_data jsonb not null,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint not null,
    primary key (task_name, task_instance)
);

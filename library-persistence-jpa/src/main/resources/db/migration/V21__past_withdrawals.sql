-- Which run noted that the source of a resource withdrew it, and why: kept for the history of the resource.

create table past_withdrawal (
    guid uuid not null,
    run_id bigint not null references sync_log (id) on delete cascade,
    peer_id bigint not null references peer (id),
    noted_at timestamptz not null,
    listed integer, -- how many resources the complete list held; null if the peer answered that it is not there
    archived boolean not null,
    primary key (guid, run_id)
);
create index past_withdrawal_run on past_withdrawal (run_id);

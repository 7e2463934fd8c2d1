-- The links of public resources, and whether they work.

-- The hosts of links. Requests to a host keep a distance, whichever process sends them.
create table link_host (
    host text primary key, -- scheme, host and port
    free timestamptz not null -- when the next request may be sent
);
create index link_host_free on link_host (free);

create table link (
    id bigint generated always as identity primary key,
    key text not null, -- the SHA-256 of the address, because addresses are long
    address text not null,
    host text not null references link_host (host),
    due timestamptz not null,
    checked timestamptz, -- null if it was never checked
    failures integer not null default 0 check (failures >= 0), -- in a row
    failing_since timestamptz,
    dead_since timestamptz,
    problem text, -- LinkProblem; null if it worked
    detail text not null default '',
    constraint link_key unique (key)
);
create index link_due on link (host, due);
create index link_dead on link (id) where dead_since is not null;
create index link_failing on link (id) where failures > 0 and dead_since is null;
create index link_unchecked on link (id) where checked is null;

create table link_use (
    resource_id bigint not null references resource (id) on delete cascade,
    link_id bigint not null references link (id) on delete cascade,
    primary key (resource_id, link_id)
);
create index link_use_link on link_use (link_id);

-- The feed position up to which the links of resources are recorded: at most one row.
create table link_scan (
    id integer primary key check (id = 1),
    position bigint not null
);

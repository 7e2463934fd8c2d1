-- Times are microseconds since 1970. A column "body" is a domain value as JSON.

create table if not exists library (id text not null);

create table if not exists last_number (kind text primary key, value integer not null);

create table if not exists resource (
    guid text primary key,
    slug text not null unique,
    status text not null,
    changed_upstream integer not null,
    source integer,                  -- the peer that it follows; null for a local resource
    maker text,                      -- the host of the library that created it; null for a local resource
    circular integer not null,       -- whether its source received it from this library
    updated integer not null,
    body text not null
);
create index if not exists resource_source on resource (source);
create index if not exists resource_status on resource (status, guid);

create table if not exists revision (               -- superseded ones only
    resource text not null,
    number integer not null,
    body text not null,
    primary key (resource, number)
);

create table if not exists tag (
    id integer primary key,
    category text not null,          -- category and name as they are compared, not as they are written
    name text not null,
    guid text not null unique,
    body text not null,
    unique (category, name)
);

create table if not exists decision (id integer primary key, resource text not null, body text not null);
create index if not exists decision_resource on decision (resource);

create table if not exists peer (
    id integer primary key,
    host text,                       -- null if it is a repository, or read from bundles only
    queryable integer not null,
    removed integer not null,
    api_key blob,                    -- encrypted
    body text not null
);
create unique index if not exists peer_host on peer (host) where not removed;

create table if not exists sync_log (
    id integer primary key,
    peer integer not null,
    status text not null,
    body text not null
);
create index if not exists sync_log_peer on sync_log (peer, id);

create table if not exists outcome (
    id integer primary key,
    run integer not null,
    kind text not null,
    remote_id text,
    resource text,
    remarked integer not null,
    body text not null
);
create index if not exists outcome_run on outcome (run, kind);

create table if not exists past_withdrawal (id integer primary key, resource text not null, body text not null);
create index if not exists past_withdrawal_resource on past_withdrawal (resource);

create table if not exists cursor (peer integer primary key, body text not null);
create table if not exists shortfalls (peer integer primary key, body text not null);
create table if not exists reread (peer integer primary key, since integer not null);

create table if not exists offer (                  -- what a peer offers, or has withdrawn
    peer integer not null,
    resource text not null,
    remote_id text,                  -- this and the next three are null if the item was never read
    circular integer,
    read_at integer,
    body text,                       -- the accepted item
    withdrawn_at integer,            -- null while it is offered
    reviewed integer not null default 0,
    primary key (peer, resource)
);
create index if not exists offer_resource on offer (resource);

create table if not exists quarantine (
    peer integer not null,
    remote_id text not null,
    body text not null,
    primary key (peer, remote_id)
);

create table if not exists absent (
    peer integer not null,
    remote_id text not null,
    version text not null,
    primary key (peer, remote_id)
);

-- A temporary table ends with its process, and so do the leases in it. No other process can use the database meanwhile.
create temp table lease (peer integer primary key, owner text not null);

-- Whether a source can no longer update a resource: it was removed, cannot be queried, or has withdrawn the resource.
create view if not exists followed as
select resource.guid, resource.source, resource.maker, resource.circular, resource.updated,
    not coalesce(peer.queryable, 0) or offer.withdrawn_at is not null as unreachable
from resource
left join peer on peer.id = resource.source
left join offer on offer.peer = resource.source and offer.resource = resource.guid
where resource.source is not null;

create view if not exists waiting_withdrawal as
select offer.resource, offer.peer, offer.withdrawn_at
from offer join resource on resource.guid = offer.resource and resource.source = offer.peer
where offer.withdrawn_at is not null and not offer.reviewed;

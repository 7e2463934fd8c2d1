-- The pictures that resources name, by their addresses, and the copies that this library keeps of them in the file store.
create table picture (
    id bigint generated always as identity primary key,
    key text not null, -- SHA-256 of the address, in hexadecimal digits
    address text not null,
    host text not null, -- scheme, host and port; '/' for files of this library
    due timestamptz, -- when the next attempt is due; while a node attempts it, when its claim ends; null if it is not tried again
    attempts integer not null default 0, -- those that have failed since the last success
    problem text, -- of the last attempt; null if it succeeded
    detail text not null default '',
    -- the copies, and what the host sent with them; null before the first success
    etag text,
    last_modified text,
    small_file text,
    small_format text check (small_format in ('jpeg', 'png')),
    small_width integer check (small_width >= 1),
    small_height integer check (small_height >= 1),
    large_file text,
    large_format text check (large_format in ('jpeg', 'png')),
    large_width integer check (large_width >= 1),
    large_height integer check (large_height >= 1),
    constraint picture_key unique (key),
    constraint picture_copies check (
        num_nulls(small_file, small_format, small_width, small_height, large_file, large_format, large_width, large_height)
            in (0, 8))
);
create index picture_due on picture (host, due) where due is not null;
create index picture_problem on picture (id) where problem is not null;
create index picture_waiting on picture (id) where small_file is null and due is not null;
create index picture_failed on picture (id) where small_file is null and due is null;

-- Which resources name which pictures, in their current or their waiting revision.
create table picture_use (
    resource_id bigint not null references resource (id) on delete cascade,
    picture_id bigint not null references picture (id),
    primary key (resource_id, picture_id)
);
create index picture_use_picture on picture_use (picture_id, resource_id);

-- The resources whose pictures are not recorded yet. The search index adds a resource here when it has indexed it.
create table picture_backlog (
    resource_id bigint primary key references resource (id) on delete cascade
);
insert into picture_backlog (resource_id)
    select id from resource where image is not null or waiting_number is not null or description::text ~* '<img' order by id;

-- The waiting revisions whose pictures are recorded.
create table picture_waiting_revision (
    resource_id bigint primary key references resource (id) on delete cascade,
    number integer not null
);
create index resource_waiting_at on resource (waiting_at) where waiting_number is not null;

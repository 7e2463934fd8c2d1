-- The links and files of resources, in one table.

create sequence attachment_id increment by 500;

create table attachment (
    id bigint primary key, -- the number of the link or file in the ORB v1 API
    resource_id bigint not null references resource (id) on delete cascade,
    guid uuid not null,
    position integer not null, -- among the resource's attachments, from 0: links first, then files
    kind text not null,
    sort_order integer not null, -- as its author gave it
    title jsonb not null,
    description jsonb not null,
    url text not null,
    size_bytes bigint not null,
    constraint attachment_guid_key unique (resource_id, guid),
    -- Checked at the end of a transaction, because attachments change places.
    constraint attachment_position_key unique (resource_id, position) deferrable initially deferred,
    constraint attachment_kind check (kind in ('link', 'file')),
    constraint attachment_position check (position >= 0),
    constraint attachment_size check (size_bytes >= 0)
);

-- Existing sites require a unique GUID for each link and file, but not every peer sends one.
create index attachment_guid on attachment (guid);

-- For the lists of all links and of all files.
create index attachment_by_kind on attachment (kind, id);

drop table link;
drop table file;
drop sequence link_id;
drop sequence file_id;

-- Changes that a person made to many resources alike, kept for some time so that they can be undone.
create table bulk_change (
    id uuid primary key,
    kind text not null check (kind in ('add', 'remove', 'archive', 'submit')),
    label text not null, -- the tag; empty for a change of the status
    changed_by text not null,
    at timestamptz not null
);
create index bulk_change_at on bulk_change (at);

create table bulk_changed_resource (
    change_id uuid not null references bulk_change (id) on delete cascade,
    resource_id bigint not null references resource (id) on delete cascade,
    state_before text not null, -- ReviewSnapshot
    state_after text not null,
    served timestamptz, -- the update date that a library has read if it may know of the change; null if nothing served changed
    undone boolean not null default false,
    primary key (change_id, resource_id)
);
create index bulk_changed_resource_resource on bulk_changed_resource (resource_id);

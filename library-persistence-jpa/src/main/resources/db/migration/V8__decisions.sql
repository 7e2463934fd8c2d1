-- What reviewers decided: who, when, on which revision, and what they had to say. Only ever added to.

create table decision (
    id bigint generated always as identity primary key,
    resource_id bigint not null references resource (id) on delete cascade,
    revision integer not null,
    status text not null check (status in ('approved', 'rejected')),
    decided_by text not null,
    at timestamptz not null,
    note text
);

create index decision_resource on decision (resource_id, id);

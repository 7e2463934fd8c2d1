-- What administrators and reviewers did, in pages and by commands (AuditLog). A row is written in the transaction of its
-- action. Rows are never changed, except that the address of the client is deleted after a time.
create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor_kind text not null, -- account or command-line
    actor_name text not null, -- at the time of the action
    address text, -- of the client
    action text not null,
    subject_kind text,
    subject_id text,
    subject_name text,
    details jsonb not null, -- further facts: an object of texts
    check ((subject_kind is null) = (subject_id is null)),
    check (subject_kind is not null or subject_name is null)
);
create index audit_entry_at_idx on audit_entry (at);
create index audit_entry_address_idx on audit_entry (at) where address is not null;
create index audit_entry_actor_idx on audit_entry (actor_name, id);
create index audit_entry_action_idx on audit_entry (action, id);

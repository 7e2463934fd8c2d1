-- What the inbox of reviewers needs: decisions that can be undone, how far other libraries have read this one, orders of
-- the list, and the problems that readers report.

-- ------------------------------------------------------------------------------------------------------------ decisions

-- What a decision changed. All null for a policy, and for decisions of earlier versions, which cannot be undone.
alter table decision
    add column action uuid, -- in which it was made; decisions that were made together have the same
    add column state_before text, -- ReviewSnapshot
    add column state_after text,
    add column had_withdrawal boolean not null default false, -- whether a withdrawal also waited for it
    add column is_undo boolean not null default false, -- whether it undoes the decision of the same action
    add constraint decision_effect check (
        (action is null) = (state_before is null) and (action is null) = (state_after is null)),
    add constraint decision_undo check (not is_undo or action is not null);
create index decision_action on decision (action, resource_id) where action is not null;

-- The latest update date of the resources that were served to each account of the API.
create table feed_reader (
    account text primary key,
    newest timestamptz not null,
    at timestamptz not null -- when it was served
);

-- --------------------------------------------------------------------------------------------------------------- orders

create index resource_pending_newest on resource (revision_at, id) where status = 'pending';
create index resource_pending_source on resource (coalesce(source_peer, 9223372036854775807), id) where status = 'pending';

-- Returns whether the transaction that wrote a row had ended when a snapshot was taken. A row has only the low half of the
-- number of its transaction. The high half follows from the current number, which is at most half a round ahead.
create function was_written_before(writer xid, mark pg_snapshot) returns boolean language sql stable as $$
    select writer::text::bigint < 3
        or case
            when (now >> 32 << 32) + writer::text::bigint < now
                then pg_visible_in_snapshot(((now >> 32 << 32) + writer::text::bigint)::text::xid8, mark)
            else now >> 32 > 0
                and pg_visible_in_snapshot(((now >> 32 << 32) - (1::bigint << 32) + writer::text::bigint)::text::xid8, mark)
        end
      from (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as now) as current
$$;

-- -------------------------------------------------------------------------------------------------------------- reports

-- The problems that readers reported. A report outlives its resource, so the GUID is no foreign key.
create table problem_report (
    id bigint generated always as identity primary key,
    resource_guid uuid not null,
    resource_title text not null,
    kind text not null check (kind in ('broken_link', 'wrong_content', 'rights', 'other')),
    description text not null,
    email text, -- deleted some time after the report was closed
    language text not null, -- of the pages that the reader saw
    reported timestamptz not null,
    closed timestamptz,
    closed_by text,
    answer text,
    is_mailed boolean not null default false, -- whether the answer was handed to the outbox
    constraint problem_report_closed check (
        (closed is null) = (closed_by is null) and (closed is not null or answer is null and not is_mailed))
);
create index problem_report_open on problem_report (id) where closed is null;
create index problem_report_address on problem_report (closed) where email is not null and closed is not null;

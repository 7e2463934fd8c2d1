-- What a peer brought while the resource is public, and no reviewer has decided on: it waits beside what is public.

alter table resource
    add column latest_revision integer, -- the highest number that was given to a revision
    add column waiting_number integer,
    add column waiting_content jsonb, -- RevisionDocument
    add column waiting_peer bigint references peer (id),
    add column waiting_run bigint,
    add column waiting_at timestamptz;

update resource set latest_revision = greatest(
    revision_number, (select max(number) from revision where resource_id = resource.id));

alter table resource
    alter column latest_revision set not null,
    add constraint resource_waiting check (
        case when waiting_number is null
            then coalesce(waiting_content::text, waiting_peer::text, waiting_run::text, waiting_at::text) is null
            else status = 'approved' and waiting_number <> revision_number and waiting_content is not null
                and waiting_peer is not null and waiting_run is not null and waiting_at is not null
        end);

drop index resource_changed_upstream;
create index resource_changed_upstream on resource (guid)
    where status in ('approved', 'rejected') and (brought > reviewed or waiting_number is not null);

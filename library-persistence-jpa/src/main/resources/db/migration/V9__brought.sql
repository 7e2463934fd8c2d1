-- The newest revision that a peer brought, 0 if none did: until a reviewer decides on that one or a later one, it is unread,
-- whatever was edited here since.

alter table resource add column brought integer not null default 0;

update resource set brought = coalesce(
    case when author_peer is not null then revision_number end,
    (select max(number) from revision where resource_id = resource.id and author_peer is not null),
    0);

drop index resource_changed_upstream;
create index resource_changed_upstream on resource (guid)
    where status in ('approved', 'rejected') and brought > reviewed;

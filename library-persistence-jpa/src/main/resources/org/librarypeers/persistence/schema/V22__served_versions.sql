-- The index by status and GUID also contains the update date, so that digests of what is served are computed from the index alone.
drop index resource_by_status;
create index resource_by_status on resource (status, guid) include (updated, id);

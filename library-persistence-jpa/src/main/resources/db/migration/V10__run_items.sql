-- What became of each item of each run: what it added, updated or found withdrawn for good, the rest for the newest runs.

create table run_item (
    id bigint generated always as identity primary key,
    run_id bigint not null references sync_log (id) on delete cascade,
    kind text not null check (kind in
        ('added', 'updated', 'unchanged', 'kept_local', 'kept_other_source', 'failed', 'withdrawn')),
    remote_id text,
    guid uuid,
    reason text,
    constraint run_item_reason check ((kind = 'failed') = (reason is not null))
);

-- Of earlier runs it is known what they brought.
insert into run_item (run_id, kind, guid)
select run, case when number = 1 then 'added' else 'updated' end, guid
  from (select author_run as run, revision_number as number, guid, id as resource_id
          from resource where author_run is not null
         union all
        select revision.author_run, number, guid, resource_id
          from revision join resource on resource.id = revision.resource_id where revision.author_run is not null) brought
 where run in (select id from sync_log)
 order by run, resource_id, number;

create index run_item_run on run_item (run_id, kind, id);
create index run_item_unchanged on run_item (run_id, remote_id) where kind = 'unchanged';

drop index resource_author_run;
drop index revision_author_run;

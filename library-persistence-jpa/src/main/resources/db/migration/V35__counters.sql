-- The numbers of runs and peers, which people read. After a crash of the server a sequence jumps ahead by up to 32; a row does not.
create table counter (
    name text primary key,
    last bigint not null
);
insert into counter (name, last)
values ('sync_log', (select coalesce(max(id), 0) from sync_log)),
       ('peer', (select coalesce(max(id), 0) from peer));

drop sequence sync_log_id;
drop sequence peer_id;

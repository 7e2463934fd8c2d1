-- Files that came with a form that could not be saved yet. They are kept here and not with the library's own files, since they
-- are removed again.
create table upload (
    id uuid primary key,
    account text not null references account (name) on delete cascade,
    name text not null,
    size_bytes bigint not null,
    sent timestamptz not null
);

create index upload_account on upload (account);
create index upload_sent on upload (sent);

create table upload_piece (
    upload uuid not null references upload (id) on delete cascade,
    number int not null, -- from 0
    bytes bytea not null,
    primary key (upload, number)
);

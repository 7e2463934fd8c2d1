-- The wait between two scheduled syncs of a peer; null for the usual one of the library.
alter table peer add sync_every_minutes integer check (sync_every_minutes between 1 and 10080);

-- What accounts were last used for.
alter table account add signed_in timestamptz;
alter table account add api_key_used timestamptz;

-- The further API keys of accounts. The owner has the secret, this table only its hash.
create table api_key (
    account text not null references account (name) on delete cascade,
    name text not null,
    hash bytea not null, -- SHA-256
    created timestamptz not null,
    used timestamptz, -- about when it was last used
    primary key (account, name),
    constraint api_key_hash_key unique (hash)
);

-- To count the open sessions of an account, and to end them.
create index session_account on session (account);

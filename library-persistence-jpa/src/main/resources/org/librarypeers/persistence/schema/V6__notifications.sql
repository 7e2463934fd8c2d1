-- Notifications: what people have chosen, what they were told last, and the messages that are to be sent; and the tokens of the
-- links in mails with which people set a password.

-- What people have chosen. For kinds that are missing here, the defaults of the program count.
create table notification_choice (
    account text not null references account (name) on delete cascade,
    kind text not null check (kind in ('peer-failures', 'runs', 'review', 'quarantine', 'disk')),
    frequency text not null check (frequency in ('off', 'at-once', 'daily', 'weekly')),
    peers bigint[], -- the peers that it is about; null for all of them
    primary key (account, kind)
);

-- What was reported last, so that nothing is reported twice. The program defines the subjects and their numbers.
create table notification_state (
    subject text primary key,
    since timestamptz not null,
    reported timestamptz not null,
    number bigint not null
);

-- The messages that are to be sent, and for some days those that were sent or have failed for good.
create table outbox (
    id uuid primary key,
    channel text not null check (channel in ('mail', 'webhook')),
    recipient text, -- an e-mail address
    subject text not null,
    body bytea, -- encrypted, because it may contain a link that sets a password; null once the message was sent or has failed
    created timestamptz not null,
    expires timestamptz not null, -- when it is no longer worth sending
    due timestamptz not null, -- when the next attempt is due; while a node attempts it, when its claim ends
    attempts integer not null default 0,
    sent timestamptz,
    failed timestamptz,
    error text, -- of the last attempt
    constraint outbox_recipient check ((channel = 'mail') = (recipient is not null)),
    constraint outbox_done check (sent is null or failed is null),
    constraint outbox_body check ((body is null) = (sent is not null or failed is not null))
);
create index outbox_due on outbox (channel, due) where sent is null and failed is null;
create index outbox_unsent on outbox (created, id) where sent is null;
create index outbox_finished on outbox (coalesce(sent, failed)) where sent is not null or failed is not null;

-- The tokens that permit to set a password once. The person has the token, this table only its hash.
create table account_token (
    hash bytea primary key, -- SHA-256; a token has 256 random bits
    account text not null references account (name) on delete cascade,
    purpose text not null check (purpose in ('reset', 'invitation')),
    expires timestamptz not null
);
create index account_token_account on account_token (account);
create index account_token_expires on account_token (expires);

-- For digests of runs.
create index sync_log_finished on sync_log (finished) where finished is not null;

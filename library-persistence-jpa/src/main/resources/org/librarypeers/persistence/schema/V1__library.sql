-- The tables of a library. The words are those of docs/glossary.md.
--
-- Times are timestamptz, to the microsecond. Localized texts are jsonb objects by language: {"en": "…", "pt-br": "…"}.
-- No statement names a schema: everything is created in the schema to which the connection is set.
--
-- This file is frozen. Changes of the tables go into a new file, V2 and so on.

-- ---------------------------------------------------------------------------------------------------- the library itself

-- The identity of this library among its peers: one row.
create table library (
    id uuid primary key
);
insert into library (id) values (gen_random_uuid());

-- A probe that is encrypted with the secret key of this library: one row. With another key, it cannot be decrypted.
create table secret_check (
    id integer primary key check (id = 1),
    probe bytea not null
);

-- The last ids of runs and peers. People read these ids, so they have no gaps. A sequence would skip up to 32 numbers
-- after a crash of the server; a row does not.
create table counter (
    name text primary key,
    last bigint not null
);
insert into counter (name, last) values ('sync_log', 0), ('peer', 0);

-- ------------------------------------------------------------------------------------------------------------- accounts

-- The people who can sign in.
create table account (
    name text primary key,
    email text,
    full_name text,
    organisation text,
    language text, -- of the pages and messages for this person
    role text not null check (role in ('admin', 'reviewer', 'contributor', 'member')),
    active boolean not null,
    writes_api boolean not null default false, -- whether the API key may change resources
    password_hash text not null,
    api_key bytea not null, -- encrypted
    api_key_hash bytea not null, -- a keyed hash, to find the account of a key
    constraint account_api_key_key unique (api_key_hash)
);

-- Who is signed in. The browser has the secret, this table only its hash.
create table session (
    secret_hash bytea primary key, -- a keyed hash
    account text not null references account (name) on delete cascade,
    expires timestamptz not null
);
create index session_expires on session (expires);

-- The recent events whose rate is limited: API requests, and attempts to sign in. Lost after a crash, which does no harm.
create unlogged table counted_event (
    subject text not null, -- what happens, or who causes it
    at timestamptz not null,
    expires timestamptz not null -- when it no longer counts
);
create index counted_event_subject on counted_event (subject, at);
create index counted_event_at on counted_event (at);
create index counted_event_expires on counted_event (expires);

-- Files that were sent with a form that could not be saved yet. They are removed when the form is saved, or after some days.
create table upload (
    id uuid primary key,
    account text not null references account (name) on delete cascade,
    name text not null,
    size_bytes bigint not null,
    sent timestamptz not null
);
create index upload_account on upload (account);
create index upload_sent on upload (sent);

-- The bytes of uploads, in pieces, so that no upload has to fit into memory.
create table upload_piece (
    upload uuid not null references upload (id) on delete cascade,
    number integer not null, -- from 0
    bytes bytea not null,
    primary key (upload, number)
);

-- ------------------------------------------------------------------------------------------------------- peers and runs

-- The libraries that this one pulls from. A removed peer stays, for the resources and runs that name it.
create table peer (
    id bigint primary key,
    name text not null,
    host text not null,
    api_user text,
    api_key bytea, -- encrypted
    active boolean not null,
    reviews_updates boolean not null, -- whether changes of public resources wait for a reviewer
    archives_withdrawn boolean not null default false, -- whether withdrawn resources are archived without a reviewer
    syncs_automatically boolean not null default false, -- whether runs start by schedule
    removed boolean not null default false
);
create unique index peer_host_key on peer (host) where not removed;

-- How far each peer was read, and which run holds its lease. The lease times are those of the database's clock.
create table harvest (
    peer_id bigint primary key references peer (id),
    cursor_token text,
    cursor_up_to text,
    lease_owner uuid,
    lease_until timestamptz,
    -- The rows that incomplete lists announced and had, for the list from its beginning (whole) and from a cursor (changes).
    -- Null where the list was complete.
    whole_expected integer,
    whole_received integer,
    changes_expected integer,
    changes_received integer,
    reread_since timestamptz, -- when a person asked to read every detail again; null if all were read again since
    constraint harvest_whole check ((whole_expected is null) = (whole_received is null)),
    constraint harvest_changes check ((changes_expected is null) = (changes_received is null))
);

-- When each peer is synced next, and which node syncs it now. The columns are those that db-scheduler prescribes. There is
-- one row per peer, so the primary key is the only index that it needs.
create table sync_schedule (
    task_name text not null,
    task_instance text not null, -- the id of the peer
    task_data jsonb not null, -- what the next run must know of earlier ones
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint not null,
    primary key (task_name, task_instance)
);

-- The sync logs: one row per run.
create table sync_log (
    id bigint primary key,
    peer_id bigint not null references peer (id),
    status text not null check (status in ('running', 'succeeded', 'failed', 'throttled', 'interrupted')),
    since text, -- the time from which the peer's changes were read, as the peer wrote it
    -- the counts of each outcome
    added integer not null,
    updated integer not null,
    unchanged integer not null,
    kept_local integer not null,
    kept_other_source integer not null,
    failed integer not null,
    withdrawn integer not null,
    remarked integer not null default 0, -- the accepted items with remarks
    requests integer not null,
    started timestamptz not null,
    finished timestamptz,
    throttled_until timestamptz, -- when the peer can be asked again
    trouble text check (trouble is null or status = 'failed'), -- the kind of failure; the message has the details
    message text,
    constraint sync_log_throttled check ((status = 'throttled') = (throttled_until is not null))
);
create index sync_log_peer on sync_log (peer_id, id);
create index sync_log_running on sync_log (peer_id, id) where status = 'running';

-- ------------------------------------------------------------------------------------------------------------ resources

-- The categories of tags, such as "Health topic".
create table category (
    id bigint generated by default as identity primary key,
    name text not null,
    spelling text not null, -- the folded name, by which categories are told apart; the program folds it
    names jsonb not null,
    constraint category_spelling_key unique (spelling)
);

-- The tags of all resources. A stored tag never changes.
create table tag (
    id bigint generated by default as identity primary key,
    guid uuid not null,
    category_id bigint not null references category (id),
    name text not null,
    spelling text not null, -- the folded name, by which the tags of a category are told apart; the program folds it
    slug text not null,
    names jsonb not null,
    description jsonb not null,
    summary jsonb not null,
    image text,
    constraint tag_guid_key unique (guid),
    constraint tag_slug_key unique (slug),
    constraint tag_spelling_key unique (category_id, spelling)
);
-- Finds a tag by its name, whatever its category.
create index tag_spelling on tag (spelling, id);

-- Ids are drawn in blocks of 500, so that a page of resources is saved with a few statements.
create sequence resource_id increment by 500;
create sequence attachment_id increment by 500;
create sequence resource_tag_id increment by 500;

-- The order of all changes in this library's own feed. The numbers are assigned just before a commit (see ChangeFeed).
create sequence feed_position;

-- Returns the languages of a localized text. To count titles by language, a stored column takes half the time.
create function languages_of(texts jsonb) returns text[] language sql immutable strict parallel safe
    return array(select jsonb_object_keys(texts));

-- The resources, each with its current revision and, if there is one, the revision that waits for review beside it.
create table resource (
    id bigint primary key,
    guid uuid not null,
    slug text not null,
    created_by text, -- the user who added it; null if a sync did
    status text not null check (status in ('pending', 'approved', 'rejected', 'archived')),
    -- the source; all null for a local resource
    source_peer bigint references peer (id),
    source_name text,
    source_host text,
    source_url text,
    source_route uuid[], -- the libraries through which it came, the last one being the source
    received_fingerprint text,
    -- the content of the current revision
    title jsonb not null,
    description jsonb not null,
    attribution jsonb not null,
    study_time integer not null check (study_time >= 0),
    study_time_unit text check (study_time_unit in ('mins', 'hours', 'days', 'weeks')),
    born_on timestamp,
    born_on_precision text check (born_on_precision in ('YEAR', 'MONTH', 'TIME')), -- how much of born_on is known
    image text,
    languages text[] not null generated always as (languages_of(title)) stored,
    -- the current revision; the run is no foreign key, because sync logs may be deleted one day
    revision_number integer not null check (revision_number >= 1),
    author_user text,
    author_peer bigint references peer (id),
    author_run bigint,
    revision_at timestamptz not null,
    latest_revision integer not null check (latest_revision >= 1), -- the highest number that a revision was given
    -- the revision from a peer that waits for review; all null if there is none
    waiting_number integer check (waiting_number >= 1),
    waiting_content jsonb, -- RevisionDocument
    waiting_peer bigint references peer (id),
    waiting_run bigint,
    waiting_at timestamptz,
    -- the review: a received revision is unread until a reviewer decides on it or on a later one, even after local edits
    received_revision integer not null default 0 check (received_revision >= 0), -- the newest from a peer; 0 if there is none
    decided_revision integer not null default 0 check (decided_revision >= 0), -- the last one decided on; 0 if there is none
    created timestamptz not null,
    updated timestamptz not null,
    version bigint not null, -- for optimistic locking
    feed_position bigint not null default nextval('feed_position'),
    constraint resource_guid_key unique (guid),
    constraint resource_slug_key unique (slug),
    constraint resource_origin check (
        case when source_peer is null
            then coalesce(source_name, source_host, source_url, received_fingerprint) is null
            else source_name is not null and source_host is not null and received_fingerprint is not null
        end),
    constraint resource_route check ((source_peer is null) = (source_route is null)),
    constraint resource_author check (
        (author_user is null) = (author_peer is not null) and (author_peer is null) = (author_run is null)),
    constraint resource_born_on check ((born_on is null) = (born_on_precision is null)),
    constraint resource_waiting check (
        case when waiting_number is null
            then coalesce(waiting_content::text, waiting_peer::text, waiting_run::text, waiting_at::text) is null
            else status = 'approved' and waiting_number <> revision_number and waiting_content is not null
                and waiting_peer is not null and waiting_run is not null and waiting_at is not null
        end)
);
create index resource_feed on resource (status, feed_position);
create index resource_updated on resource (status, updated, id);
create index resource_updated_any on resource (updated, id);
create index resource_by_status on resource (status, guid);
create index resource_source on resource (source_peer);
create index resource_created_by on resource (created_by);
create index resource_author_user on resource (author_user);
create index resource_changed_upstream on resource (guid)
    where status in ('approved', 'rejected') and (received_revision > decided_revision or waiting_number is not null);

-- The attachments of resources: links and files. Positions are compared when a transaction commits, because an update may exchange
-- them.
create table attachment (
    id bigint primary key, -- the number of the link or file in the ORB v1 API
    resource_id bigint not null references resource (id) on delete cascade,
    guid uuid not null,
    kind text not null check (kind in ('link', 'file')),
    position integer not null check (position >= 0), -- among the resource's attachments: links first, then files
    sort_order integer not null, -- as its author gave it
    title jsonb not null,
    description jsonb not null,
    url text not null,
    size_bytes bigint not null check (size_bytes >= 0),
    constraint attachment_guid_key unique (resource_id, guid),
    constraint attachment_position_key unique (resource_id, position) deferrable initially deferred
);
-- Not every peer gives each attachment a GUID of its own, as ORB v1 requires. This finds the GUIDs that occur more than once.
create index attachment_guid on attachment (guid);
-- For the lists of all links and of all files.
create index attachment_by_kind on attachment (kind, id);

-- The tags of each resource.
create table resource_tag (
    id bigint primary key,
    resource_id bigint not null references resource (id) on delete cascade,
    tag_id bigint not null references tag (id),
    position integer not null check (position >= 0), -- among the resource's tags
    created timestamptz not null,
    constraint resource_tag_key unique (resource_id, tag_id),
    constraint resource_tag_position_key unique (resource_id, position) deferrable initially deferred
);
-- Finds the resources with a tag from the index alone.
create index resource_tag_tag on resource_tag (tag_id, resource_id);

-- The history: the earlier revisions of resources. Rows are only added.
create table revision (
    resource_id bigint not null references resource (id) on delete cascade,
    number integer not null check (number >= 1),
    content jsonb not null, -- RevisionDocument
    author_user text,
    author_peer bigint references peer (id),
    author_run bigint,
    at timestamptz not null,
    primary key (resource_id, number),
    constraint revision_author check (
        (author_user is null) = (author_peer is not null) and (author_peer is null) = (author_run is null))
);

-- The decisions of reviewers. Rows are only added.
create table decision (
    id bigint generated always as identity primary key,
    resource_id bigint not null references resource (id) on delete cascade,
    revision integer not null check (revision >= 1),
    status text not null check (status in ('approved', 'rejected')),
    decided_by text not null,
    at timestamptz not null,
    note text
);
create index decision_resource on decision (resource_id, id);

-- The words of each resource for full-text search, weighted by place: A title, B tags, C other titles, D description.
-- SearchIndex writes them and describes the lexemes.
create table resource_search (
    resource_id bigint primary key references resource (id) on delete cascade,
    words tsvector not null
);
-- To rank a match, its words are read several times. Without compression, a search takes half the time.
alter table resource_search alter column words set storage external;
create index resource_search_words on resource_search using gin (words);

-- The hosts of images, and whether they answer. Which image addresses are served depends on it.
create table image_host (
    host text primary key,
    answers boolean not null,
    checked timestamptz not null
);

-- -------------------------------------------------------------------------------------------- what was read from peers

-- The resources that each peer offers or has withdrawn, as far as they were read.
create table offer (
    peer_id bigint not null references peer (id),
    guid uuid not null,
    version text, -- the peer's version of the last accepted item; null if none was accepted
    remote_id text, -- by which the peer fetches it; null if unknown
    read_at timestamptz, -- when its details were last read
    circular boolean not null default false, -- whether the peer has it from this library
    remarks jsonb, -- on the last accepted item: an array of objects with kind, field and detail; null if there are none
    withdrawn timestamptz, -- when the peer was found to have withdrawn it; null if it offers it
    withdrawal_reviewed boolean not null default false,
    primary key (peer_id, guid)
);
create index offer_guid on offer (guid);
create index offer_withdrawn on offer (guid) where withdrawn is not null;

-- The resources without a usable source: the source cannot be synced, has withdrawn the resource (both: unreachable), or has
-- it from this library.
create view orphaned_resource as
    select guid, source_peer, unreachable
      from (select resource.guid, resource.source_peer,
                   peer.removed or not peer.active or peer.api_user is null or peer.api_key is null
                       or offer.withdrawn is not null as unreachable,
                   (select id from library) = any (resource.source_route) as circular
              from resource
              join peer on peer.id = resource.source_peer
              left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid) as source
     where unreachable or circular;

-- The items that could not be saved. They are tried again in later runs.
create table quarantined_item (
    peer_id bigint not null references peer (id),
    remote_id text not null,
    guid uuid,
    version text not null,
    reason text not null, -- the kind of reason
    detail text not null, -- what is wrong, in English
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    attempts integer not null,
    primary key (peer_id, remote_id)
);

-- The items that a peer listed but did not have when their details were requested. Unless such an item is quarantined, it is
-- not requested again until the peer lists another version.
create table absent_item (
    peer_id bigint not null references peer (id),
    remote_id text not null,
    version text not null,
    primary key (peer_id, remote_id)
);

-- The outcome of each item of each run. For older runs, only what was added, updated or found withdrawn remains.
create table run_item (
    id bigint generated always as identity primary key,
    run_id bigint not null references sync_log (id) on delete cascade,
    outcome text not null check (outcome in
        ('added', 'updated', 'unchanged', 'kept_local', 'kept_other_source', 'failed', 'withdrawn')),
    remote_id text,
    guid uuid,
    reason text, -- as in quarantined_item
    detail text,
    remarks jsonb, -- as in offer
    constraint run_item_reason check ((outcome = 'failed') = (reason is not null) and (reason is null) = (detail is null))
);
create index run_item_run on run_item (run_id, outcome, id);
create index run_item_unchanged on run_item (run_id, remote_id) where outcome = 'unchanged';
create index run_item_remarked on run_item (run_id, id) where remarks is not null;

-- The withdrawals that runs found, for the history of the resources.
create table past_withdrawal (
    guid uuid not null,
    run_id bigint not null references sync_log (id) on delete cascade,
    peer_id bigint not null references peer (id),
    noted_at timestamptz not null,
    listed integer, -- the number of resources in the complete list; null if the peer answered that the resource is not there
    archived boolean not null,
    primary key (guid, run_id)
);
create index past_withdrawal_run on past_withdrawal (run_id);

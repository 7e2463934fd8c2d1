-- What people say of themselves, and how often signing in was tried of late.

alter table account add column full_name text;
alter table account add column organisation text;
alter table account add column language text;

create unlogged table attempt (
    subject text not null, -- what is tried, or who tries
    at timestamptz not null
);

create index attempt_subject on attempt (subject, at);
create index attempt_at on attempt (at);

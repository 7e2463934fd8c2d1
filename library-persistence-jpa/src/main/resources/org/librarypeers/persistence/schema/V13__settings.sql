-- What administrators have set on the pages; everything else is in the configuration of the process.
create table setting (
    name text primary key check (length(name) between 1 and 100),
    value text not null
);

-- The addresses that a site had before it moved to this library.

create table former_address (
    path text primary key, -- begins with a slash; without a query
    target text not null -- the path in this library
);

create table former_file (
    path text primary key, -- begins with a slash; percent-decoded
    sha256 text not null, -- the address of the file in the store
    size_bytes bigint not null check (size_bytes >= 0)
);

-- Which hosts of images answer. What is served of a resource depends on it, so it outlives the process.
create table image_host (
    host text primary key,
    answers boolean not null,
    checked timestamptz not null
);

-- The tables of an application that embeds the library. Their names are also those of library tables.
create table resource (name text not null);
create table peer (name text not null);
create table tag (name text not null);
create table account (name text not null);
create table harvest (tons integer not null);
create table upload (name text not null);
create sequence feed_position;
insert into resource (name) values ('water');

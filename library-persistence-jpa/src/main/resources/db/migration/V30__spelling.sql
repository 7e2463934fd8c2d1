-- Tags and categories are told apart by their folded spelling: composed, without regard to capitals and to white space.
-- The program folds, so that every database server compares alike. For rows that are here already, the lower case is close.
alter table category add column spelling text;
alter table tag add column spelling text;

update category set spelling = lower(name);
update tag set spelling = lower(name);

update category c
   set spelling = c.spelling || ' ' || c.id
 where exists (select from category o where o.spelling = c.spelling and o.id < c.id);

update tag t
   set spelling = t.spelling || ' ' || t.id
 where exists (select from tag o where o.category_id = t.category_id and o.spelling = t.spelling and o.id < t.id);

alter table category alter column spelling set not null;
alter table tag alter column spelling set not null;

alter table category drop constraint category_name_key;
alter table tag drop constraint tag_name_key;
alter table category add constraint category_spelling_key unique (spelling);
alter table tag add constraint tag_spelling_key unique (category_id, spelling);

-- For a tag by its name in any category.
create index tag_spelling on tag (spelling, id);

-- Descriptions of categories, and the order of tags within their category.
alter table category add description jsonb not null default '{}'; -- by language
alter table tag add place integer check (place >= 1); -- null for a tag that follows those with a place, in the order of use

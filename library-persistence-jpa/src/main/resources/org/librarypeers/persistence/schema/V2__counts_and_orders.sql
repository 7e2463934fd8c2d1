-- What lists and pages of a large library need, so that their cost does not depend on its size: the numbers of resources, kept
-- by the database, and indexes in each order of the lists.

-- ---------------------------------------------------------------------------------------------------------------- orders

-- The titles by which lists are ordered in the languages of existing sites. Lists in other languages sort all titles. A column
-- of its own can be read from the index alone; an expression cannot. An index entry has at most 2,700 bytes, so only the first
-- 500 characters count.
create function title_order(title jsonb, language text) returns text language sql immutable parallel safe
    return left(coalesce(title ->> language, ''), 500);

alter table resource
    add column title_order_en text collate "C" not null generated always as (title_order(title, 'en')) stored,
    add column title_order_es text collate "C" not null generated always as (title_order(title, 'es')) stored,
    add column title_order_pt_br text collate "C" not null generated always as (title_order(title, 'pt-br')) stored;
create index resource_title_en on resource (status, title_order_en, id);
create index resource_title_es on resource (status, title_order_es, id);
create index resource_title_pt_br on resource (status, title_order_pt_br, id);
create index resource_newest on resource (status, updated desc, id);
-- Each order is now read status by status.
drop index resource_updated_any;
-- The resources that only some people see, by those people.
create index resource_created_by_unserved on resource (created_by) where status <> 'approved' and created_by is not null;
create index resource_author_user_unserved on resource (author_user) where status <> 'approved' and author_user is not null;

-- ---------------------------------------------------------------------------------------------------------------- counts

-- How many resources there are of each status; and how many approved ones have each tag, have a title in each language, and
-- come from each library. A count is the sum of its rows: a transaction adds the difference that it makes as a new row, so that
-- transactions do not wait for one another. Once in a while, one of them adds the rows up.
create table resource_count (
    facet text not null check (facet in ('status', 'tag', 'language', 'source')),
    key text not null, -- the status; the id of the tag; the code of the language; the host of the maker, empty for this library
    name text not null default '', -- of the maker
    number bigint not null
);
create index resource_count_facet on resource_count (facet, key);

-- Replaces the rows of a facet by one row for each count. It skips rows that another transaction is replacing, and so waits for
-- none.
create function sum_up_resource_counts(which text) returns void language sql set search_path from current as $$
    with replaced as (
        delete from resource_count
         where ctid = any (array(select ctid from resource_count where facet = which for update skip locked))
        returning facet, key, name, number)
    insert into resource_count (facet, key, name, number)
    select facet, key, name, sum(number) from replaced group by facet, key, name having sum(number) <> 0
$$;

create function count_resources() returns trigger language plpgsql set search_path from current as $$
declare
    sign integer := case tg_op when 'DELETE' then -1 else 1 end;
begin
    insert into resource_count (facet, key, name, number)
    select 'status', status, '', sign * count(*) from changed group by status
    union all
    select 'language', language, '', sign * count(*)
      from changed, unnest(languages) language where status = 'approved' group by language
    union all
    select 'source', coalesce(source_host, ''), coalesce(source_name, ''), sign * count(*)
      from changed where status = 'approved' group by 2, 3;
    if random() < 0.02 then
        perform sum_up_resource_counts('status'), sum_up_resource_counts('language'), sum_up_resource_counts('source');
    end if;
    return null;
end
$$;

create function count_changed_resource() returns trigger language plpgsql set search_path from current as $$
declare
    was boolean := old.status = 'approved';
    becomes boolean := new.status = 'approved';
begin
    insert into resource_count (facet, key, name, number)
    select 'status', old.status, '', -1 where old.status <> new.status
    union all
    select 'status', new.status, '', 1 where old.status <> new.status
    union all
    select 'language', language, '', -1 from unnest(old.languages) language where was
    union all
    select 'language', language, '', 1 from unnest(new.languages) language where becomes
    union all
    select 'source', coalesce(old.source_host, ''), coalesce(old.source_name, ''), -1 where was
    union all
    select 'source', coalesce(new.source_host, ''), coalesce(new.source_name, ''), 1 where becomes
    union all
    select 'tag', tag_id::text, '', case when becomes then 1 else -1 end
      from resource_tag where resource_id = new.id and was <> becomes;
    if random() < 0.005 then
        perform sum_up_resource_counts(facet) from unnest('{status,language,source,tag}'::text[]) facet;
    end if;
    return null;
end
$$;

-- The tags of a resource are deleted after it, when its status is no longer known. So they are counted before.
create function count_tags_of_deleted_resource() returns trigger language plpgsql set search_path from current as $$
begin
    insert into resource_count (facet, key, number)
    select 'tag', tag_id::text, -1 from resource_tag where resource_id = old.id;
    return old;
end
$$;

create function count_tags() returns trigger language plpgsql set search_path from current as $$
begin
    insert into resource_count (facet, key, number)
    select 'tag', tag_id::text, case tg_op when 'DELETE' then -count(*) else count(*) end
      from changed
     where resource_id in (select id from resource
                            where id = any (array(select distinct resource_id from changed)) and status = 'approved')
     group by tag_id;
    if random() < 0.1 then
        perform sum_up_resource_counts('tag');
    end if;
    return null;
end
$$;

create function forget_resource_counts() returns trigger language plpgsql set search_path from current as $$
begin
    delete from resource_count;
    return null;
end
$$;

create trigger resource_added after insert on resource
    referencing new table as changed for each statement execute function count_resources();
create trigger resource_deleted after delete on resource
    referencing old table as changed for each statement execute function count_resources();
create trigger resource_about_to_be_deleted before delete on resource
    for each row when (old.status = 'approved') execute function count_tags_of_deleted_resource();
create trigger resource_changed after update of status, title, source_host, source_name on resource
    for each row when (
        old.status <> new.status
        or new.status = 'approved'
            and (old.languages, old.source_host, old.source_name)
                is distinct from (new.languages, new.source_host, new.source_name))
    execute function count_changed_resource();
create trigger resource_truncated after truncate on resource
    for each statement execute function forget_resource_counts();
create trigger resource_tag_added after insert on resource_tag
    referencing new table as changed for each statement execute function count_tags();
create trigger resource_tag_deleted after delete on resource_tag
    referencing old table as changed for each statement execute function count_tags();

insert into resource_count (facet, key, name, number)
select 'status', status, '', count(*) from resource group by status
union all
select 'language', language, '', count(*)
  from resource, unnest(languages) language where status = 'approved' group by language
union all
select 'source', coalesce(source_host, ''), coalesce(source_name, ''), count(*)
  from resource where status = 'approved' group by 2, 3
union all
select 'tag', tag_id::text, '', count(*)
  from resource_tag join resource on resource.id = resource_id where status = 'approved' group by tag_id;

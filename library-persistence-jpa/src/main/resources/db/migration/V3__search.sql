-- What is searched of each resource, as PostgreSQL's full text wants it. SearchIndex prepares the words.

create table resource_search (
    resource_id bigint primary key references resource (id) on delete cascade,
    words tsvector not null
);

create index resource_search_words on resource_search using gin (words);

-- Of an array of [configuration, weight, text]. Texts are folded words with spaces between, nothing else.
create function search_words(parts jsonb) returns tsvector
    language plpgsql immutable parallel safe as
$$
declare
    words tsvector := '';
    part jsonb;
begin
    for part in select * from jsonb_array_elements(parts) loop
        words := words || setweight(to_tsvector((part ->> 0)::regconfig, part ->> 2), (part ->> 1)::"char");
    end loop;
    return words;
end
$$;

package org.librarypeers.persistence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.librarypeers.sync.catalogue.Catalogue;

/**
 * The beginning of a statement that searches for words. It selects at most {@link Catalogue#MAX_FOUND} resources, the
 * candidates. Later parts of the statement rank or count these.
 *
 * <p>The index is read bucket by bucket, the newest first, until there are enough candidates. So common words cost the same
 * in a library of any size: they read one bucket or a few. Rare words read a few entries of each bucket.
 */
final class SearchCandidates {

    /** The buckets that have resources, from the newest on. */
    static final String BUCKETS = """
            with recursive bucket (number) as (
                select max(resource_id) / %1$d from resource_search
                union all
                select (select max(resource_id) / %1$d from resource_search where resource_id < bucket.number * %1$d)
                  from bucket where bucket.number is not null),
            """.formatted(SearchDocument.BUCKET);

    // Each offset 0 keeps PostgreSQL from joining whole tables. The next bucket, or the next resource, is then read
    // only if more candidates are needed.
    private static final String MATCHES = """
            select matched.id, matched.bucket
              from (select indexed.resource_id as id, bucket.number as bucket
                      from bucket cross join lateral (
                           select resource_id from resource_search
                            where words @@ cast(replace(:%1$s, '%2$s', cast(bucket.number as text)) as tsquery)
                            order by resource_id desc offset 0) indexed) matched
             cross join lateral (select from resource r where r.id = matched.id and %3$s offset 0) r
            """;

    private static final String CANDIDATES = """
            newest as materialized (%1$s limit %3$d),
            preferred as materialized (%2$s where (select count(*) from newest) = %3$d limit %3$d),
            candidate as materialized (
                select id, bucket, true as preferred from preferred
                union all
                (select id, bucket, case when (select count(*) from newest) = %3$d then false end from newest
                  where id not in (select id from preferred)
                  limit %3$d - (select count(*) from preferred)))""";

    private static final String IN_BUCKET = "cast(replace(:%1$s, '%2$s', cast(bucket as text)) as tsquery) as %1$s";

    private static final String RANKED = """
            ,
            query as materialized (select bucket, %1$s from (select distinct bucket from candidate) used),
            found as materialized (
                select candidate.id,
                       %2$s as place,
                       ts_rank(s.words, query.anywhere, 1) as rank
                  from candidate join query on query.bucket = candidate.bucket
                 cross join lateral (
                       select words from resource_search where resource_id = candidate.id offset 0) s
                 where %3$s)
            """;

    /** Ranks only the resources with the words in their titles, which come first, if they fill the page and those before it. */
    private static final String IF_NEEDED = """
            candidate.preferred is not false or (select count(*) from preferred) < cast(:offset as bigint) + :limit""";

    private static final String BY_PLACE = """
            case when coalesce(candidate.preferred, s.words @@ query.title) then 1
                            when s.words @@ query.tagged then 2
                            when s.words @@ query.titled then 3
                            else 4 end""";

    private SearchCandidates() {}

    private static String inBucket(String query) {
        return IN_BUCKET.formatted(query, SearchIndex.ANY_BUCKET);
    }

    /**
     * Returns the first tables of a statement, the last of which is {@code candidate}: the id, the bucket, and whether it is
     * preferred (for a search for all words: whether they are all in the title), or null if that is not known yet.
     *
     * @param conditions all conditions except those of the match; receives the parameters of the tables
     */
    static String of(SearchIndex.Match match, Conditions conditions) {
        conditions.with("matches", match.matches()).with("preferred", match.preferred());
        String newest = matches("matches", conditions);
        String preferred = matches("preferred", conditions);
        return BUCKETS + CANDIDATES.formatted(newest, preferred, Catalogue.MAX_FOUND);
    }

    /**
     * Returns the same with another table, {@code found}: the id, the place (the lowest for the best), and the rank at this
     * place. If the search is for any word, the place is the number of words that are missing. The table may lack candidates that
     * cannot be on the page. The statement needs the parameters {@code offset} and {@code limit} of the page.
     */
    static String ranked(SearchIndex.Match match, Conditions conditions) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("anywhere", match.anywhere());
        String place;
        String ranked;
        if (match.each().isEmpty()) {
            queries.put("title", match.title());
            queries.put("tagged", match.tagged());
            queries.put("titled", match.titled());
            place = BY_PLACE;
            ranked = IF_NEEDED;
        } else {
            match.each().forEach(word -> queries.put("word" + queries.size(), word));
            place = queries.keySet().stream()
                    .skip(1)
                    .map(word -> " - cast(s.words @@ query." + word + " as integer)")
                    .collect(
                            Collectors.joining("", Integer.toString(match.each().size()), ""));
            ranked = "true";
        }
        queries.forEach(conditions::with);
        String columns =
                queries.keySet().stream().map(SearchCandidates::inBucket).collect(Collectors.joining(", "));
        return of(match, conditions) + RANKED.formatted(columns, place, ranked);
    }

    private static String matches(String parameter, Conditions conditions) {
        return MATCHES.formatted(parameter, SearchIndex.ANY_BUCKET, conditions.all());
    }
}

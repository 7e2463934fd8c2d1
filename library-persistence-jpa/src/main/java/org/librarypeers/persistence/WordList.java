package org.librarypeers.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.sync.catalogue.Catalogue;

/**
 * The words of all resources, from which readers get suggestions and corrections. Words are added by the transaction
 * that indexes a resource, so the sync does not wait for them and no crash loses them. Later, each word is counted
 * again from time to time, and removed when no resource contains it.
 *
 * <p>The list also has the words of unpublished resources, and its counts may be some hours old. So each word is looked up in the
 * index before a reader sees it, see {@link WordStatements}.
 */
final class WordList {

    /** The number of words at which no more are added. */
    private static final int MOST = 1_000_000;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 40;

    // Ordered, so that transactions that add the same words wait for each other in the same order.
    private static final String ADD = """
            with languages as (
                insert into search_language (code)
                select code from unnest(?) as language (code) where code not in (select code from search_language)),
            words as (
            insert into search_word (word, written, number, due)
            select added.word, added.written, added.number, now()
              from unnest(?::text[], ?::text[], ?::integer[]) as added (word, written, number)
             where not exists (select from search_word known where known.word = added.word)
               and (select reltuples from pg_class where oid = to_regclass('search_word')) < %d
             order by added.word collate "C"
                on conflict (word) do nothing
            returning 1)
            select count(*) from words""".formatted(MOST);

    /** The approved resources with a word, at most a maximum, in the order of the index. */
    private static final String WITH_WORD = """
            from bucket cross join lateral (
                 select resource_id from resource_search
                  where words @@ cast('''' || bucket.number || '%s' || %s || '''' as tsquery)
                  order by resource_id desc offset 0) indexed
            cross join lateral (select from resource r where r.id = indexed.resource_id and r.status = 'approved' offset 0) r
            """;

    // If there are more than are counted, the number is extrapolated from the buckets that were read.
    private static final String COUNT = SearchCandidates.BUCKETS
            + """
            due as materialized (
                select word from search_word where due <= now() order by due limit {limit} for update skip locked),
            counted as (
                select due.word, found.number, found.oldest
                  from due cross join lateral (
                       select count(*) as number, min(bucket) as oldest
                         from (select bucket.number as bucket %s limit %d) each_one) found)
            select word, number, oldest, (select max(number) from bucket) as newest from counted
            """.formatted(WITH_WORD.formatted(SearchDocument.WORD, "due.word"), Catalogue.MAX_FOUND);

    private static final String UPDATE = """
            update search_word
               set number = counted.number,
                   due = now() + case counted.number when 0 then interval '1 hour' else interval '1 day' end
              from unnest(?::text[], ?::integer[]) as counted (word, number)
             where search_word.word = counted.word""";

    // In a later transaction, which no transaction that indexes overlaps. It would rely on a word that is forgotten.
    private static final String FORGET = SearchCandidates.BUCKETS + """
            gone as (
                select word from unnest(?::text[]) as unused (word)
                 where (select true from bucket cross join lateral (
                               select resource_id from resource_search
                                where words @@ cast('''' || bucket.number || '%s' || unused.word || '''' as tsquery)
                               offset 0) indexed limit 1) is null)
            delete from search_word where word in (select word from gone)""".formatted(SearchDocument.WORD);

    private static final String UNINDEXED = """
            select nspname from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
             where extname = 'pg_trgm' and has_schema_privilege(pg_namespace.oid, 'usage')
               and to_regclass('search_word_similar') is null""";

    private WordList() {}

    /** Returns whether a word can be in the list. Numbers and very short or long words are not. */
    static boolean takes(String word) {
        int length = word.codePointCount(0, word.length());
        return length >= SHORTEST && length <= LONGEST && word.codePoints().noneMatch(Character::isDigit);
    }

    /** The words of resources that are indexed together. Not thread-safe. */
    static final class Additions {
        private final Map<String, String> written = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();

        /**
         * Adds the words of a resource.
         *
         * @param words the folded words, each with its written form
         * @param isPublic whether the resource counts
         */
        void add(Map<String, String> words, boolean isPublic) {
            words.forEach((word, form) -> {
                written.putIfAbsent(word, form);
                counts.merge(word, isPublic ? 1 : 0, Integer::sum);
            });
        }

        /**
         * Adds the words that are not in the list yet, and returns their number.
         *
         * @param languages the languages of the stems, which are added to those of the index in the same statement
         */
        long write(Connection connection, Collection<String> languages) throws SQLException {
            List<String> words = List.copyOf(written.keySet());
            return Sql.first(
                            connection,
                            ADD,
                            row -> row.getLong(1),
                            Sql.texts(connection, languages),
                            Sql.texts(connection, words),
                            Sql.texts(
                                    connection, words.stream().map(written::get).toList()),
                            Sql.integers(
                                    connection, words.stream().map(counts::get).toList()))
                    .orElseThrow();
        }
    }

    private record Counted(String word, long number) {}

    /** Counts words as {@link Catalogue#recountWords} specifies. */
    static int recount(Reads transactions, int limit) {
        transactions.call(WordList::prepare);
        List<Counted> counted = transactions.call(unit -> unit.jdbc(connection -> {
            List<Counted> words = Sql.rows(
                    connection,
                    Sql.limited(COUNT, limit),
                    row -> new Counted(row.getString(1), estimate(row.getLong(2), row.getLong(3), row.getLong(4))));
            if (!words.isEmpty()) {
                Sql.update(
                        connection,
                        UPDATE,
                        Sql.texts(connection, words.stream().map(Counted::word).toList()),
                        Sql.integers(
                                connection,
                                words.stream()
                                        .map(word -> (int) Math.min(word.number(), Integer.MAX_VALUE))
                                        .toList()));
            }
            return words;
        }));
        List<String> unused = counted.stream()
                .filter(word -> word.number() == 0)
                .map(Counted::word)
                .toList();
        if (!unused.isEmpty()) {
            transactions.call(unit -> {
                SearchBacklog.lockAlone(unit);
                return unit.jdbc(connection -> Sql.update(connection, FORGET, Sql.texts(connection, unused)));
            });
        }
        return counted.size();
    }

    private static long estimate(long number, long oldestBucket, long newestBucket) {
        return number < Catalogue.MAX_FOUND ? number : number * (newestBucket + 1) / (newestBucket - oldestBucket + 1);
    }

    /** Creates the index for similar words, if an administrator has created the extension since the migration. */
    private static boolean prepare(UnitOfWork unit) {
        return unit.jdbc(connection -> {
            boolean isMissing =
                    Sql.first(connection, UNINDEXED, row -> row.getString(1)).isPresent();
            if (isMissing) {
                SearchBacklog.lockAlone(unit);
                // Another process may have created it in the meantime.
                for (String schema : Sql.rows(connection, UNINDEXED, row -> row.getString(1))) {
                    Sql.update(
                            connection,
                            "create index search_word_similar on search_word using gin (word "
                                    + LibraryTables.quoted(schema) + ".gin_trgm_ops)");
                }
            }
            return isMissing;
        });
    }
}

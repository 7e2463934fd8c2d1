package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Viewer;

/** Tests that a search does not read more because the library is larger. */
@Timeout(60)
class SearchCostTest {

    /** Few resources in each bucket, so that there are many buckets. */
    private static final int IDS_APART = 100;

    private static final int RESOURCES = 5_000;

    private static final String FILL = """
            insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                  latest_revision, author_user, revision_at, created, updated, version)
            select %1$d * n, gen_random_uuid(), 'resource-' || n, 'approved', '{"en": "Common"}', '{}', '{}', 0, 1, 1, 'amina',
                   now(), now(), now(), 1
              from generate_series(%2$d, %3$d) n;
            insert into resource_search (resource_id, words)
            select id, cast(format('%%1$s/common:1A %%1$s!common %%1$s/frequent:2D %%1$s/w%%2$s:3D', id / %4$d, id) as tsvector)
              from resource where id >= %1$d * %2$d;
            """;

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    private static long pagesRead(TestDatabase database, String words) {
        SearchIndex.Match match = SearchIndex.match(BrowseQuery.APPROVED.holding(words), List.of("en"))
                .orElseThrow();
        String sql = SearchCandidates.ranked(match, new Conditions().visible(Viewer.PUBLIC, Set.of(Status.APPROVED)))
                + "select count(*) from found";
        Map<String, String> values = Map.of(
                "offset", "0",
                "limit", "20",
                "statuses", "{approved}",
                "matches", match.matches(),
                "preferred", match.preferred(),
                "title", match.title(),
                "tagged", match.tagged(),
                "titled", match.titled(),
                "anywhere", match.anywhere());
        String literal = PARAMETER
                .matcher(sql)
                .replaceAll(parameter -> Matcher.quoteReplacement(
                        "'" + values.get(parameter.group(1)).replace("'", "''") + "'"));
        String plan = String.join("\n", database.texts("explain (analyze, buffers, timing off) " + literal));
        MatchResult whole = BUFFERS.matcher(plan).results().findFirst().orElseThrow();
        return Long.parseLong(whole.group(1)) + (whole.group(2) == null ? 0 : Long.parseLong(whole.group(2)));
    }

    private static void fill(TestDatabase database, int from, int to) {
        database.execute(FILL.formatted(IDS_APART, from, to, SearchDocument.BUCKET));
        database.execute("vacuum (analyze) resource");
        database.execute("vacuum (analyze) resource_search");
    }

    @Test
    void a_search_reads_as_much_in_a_library_that_is_twice_as_large() {
        TestDatabase database = TestDatabase.create();
        try (JpaStorage storage = database.storage().build()) {
            storage.migrate();
            fill(database, 1, RESOURCES);
            long common = pagesRead(database, "common");
            long frequent = pagesRead(database, "frequent common");
            long rare = pagesRead(database, "w" + 700 * IDS_APART + " common");
            fill(database, RESOURCES + 1, 2 * RESOURCES);

            int newBuckets = RESOURCES * IDS_APART / SearchDocument.BUCKET + 1;
            assertThat(pagesRead(database, "common")).isLessThan(common + common / 5);
            // In titles, or of rare words, there are too few matches, so each bucket is looked into.
            assertThat(pagesRead(database, "frequent common")).isLessThan(frequent + frequent / 5 + 25L * newBuckets);
            assertThat(pagesRead(database, "w" + 700 * IDS_APART + " common")).isLessThan(rare + 25L * newBuckets);
        } finally {
            database.pool().close();
        }
    }
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.StudyTimeRange;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.Source;

/** Tests that what is served reads pages from indexes: no statement scans a table, or sorts more than a page. */
@Timeout(600)
class PlanTest {

    private static final int RESOURCES = Integer.getInteger("plans.resources", 30_000);
    private static final int PAGE = 20;

    private static final String FILL = """
            insert into category (name, spelling, names) values ('Topic', 'topic', '{}');
            insert into tag (guid, category_id, name, spelling, slug, names, description, summary)
            select gen_random_uuid(), category.id, 'Tag ' || n, 'tag ' || n, 'tag-' || n, '{}', '{}', '{}'
              from category, generate_series(1, 100) n;
            insert into resource (id, guid, slug, status, title, description, attribution, study_time, revision_number,
                                  latest_revision, created_by, author_user, revision_at, created, updated, version)
            select n, gen_random_uuid(), 'resource-' || n, case mod(n, 10) when 0 then 'pending' else 'approved' end,
                   jsonb_build_object('en', md5(n::text)), '{}', '{}', 0, 1, 1, 'user.' || mod(n, 1000), 'user.' || mod(n, 1000),
                   now(), now(), timestamptz '2026-01-01' + n * interval '1 second', 1
              from generate_series(1, %1$d) n;
            insert into attachment (id, resource_id, guid, kind, position, sort_order, title, description, url, size_bytes)
            select 3 * n + i, n, gen_random_uuid(), 'link', i, i, '{}', '{}', 'https://example.org/', 0
              from generate_series(1, %1$d) n, generate_series(0, 2) i;
            insert into resource_tag (id, resource_id, tag_id, position, created)
            select 5 * n + i, n, first.id + mod(n + i, 100), i, now()
              from generate_series(1, %1$d) n, generate_series(0, 4) i, (select min(id) as id from tag) first;
            insert into resource_search (resource_id, words)
            select id, cast(format('%%1$s/common:1A %%1$s!common %%1$s/w%%2$s:2D %%1$s$pdf', id / %2$d, id) as tsvector) from resource;
            insert into search_word (word, written, number, due)
            select 'word' || md5(n::text), 'word' || md5(n::text), n, now() from generate_series(1, %1$d) n;
            insert into deletion (guid, at, reason, feed_position)
            select gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 second', 'archived', n from generate_series(1, %1$d) n;
            insert into search_word (word, written, number, due) values ('common', 'common', 1000, now());
            """;

    private static final Pattern SCAN =
            Pattern.compile("Seq Scan on (resource|resource_search|attachment|resource_tag|search_word|deletion)\\b.*");
    private static final Pattern SORT = Pattern.compile("(?<!Incremental )Sort  \\(cost=\\S+ rows=(\\d+)");

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final CountingDataSource COUNTING = new CountingDataSource(DATABASE.pool());
    private static final JpaStorage STORAGE =
            DATABASE.storage().dataSource(COUNTING).build();
    private static final Catalogue CATALOGUE = STORAGE.catalogue();

    @BeforeAll
    static void fill() {
        STORAGE.migrate();
        DATABASE.execute(FILL.formatted(RESOURCES, SearchDocument.BUCKET));
        DATABASE.execute("vacuum (analyze) resource");
        DATABASE.execute("vacuum (analyze) resource_search");
        DATABASE.execute("vacuum (analyze) attachment");
        DATABASE.execute("vacuum (analyze) resource_tag");
        DATABASE.execute("vacuum (analyze) resource_count");
        DATABASE.execute("vacuum (analyze) search_word");
        DATABASE.execute("vacuum (analyze) deletion");
    }

    @AfterAll
    static void end() {
        STORAGE.close();
        DATABASE.pool().close();
    }

    /** Asserts that no statement that was executed since the last call reads or sorts more than a page of these tables. */
    private static void assertBounded() {
        List<String> executed = COUNTING.executed();
        assertThat(executed).isNotEmpty();
        for (String sql : executed) {
            String plan = plan(numbered(sql));
            assertThat(SCAN.matcher(plan).results()).as(sql + "\n" + plan).isEmpty();
            assertThat(SORT.matcher(plan).results().mapToInt(sort -> Integer.parseInt(sort.group(1))))
                    .as(sql + "\n" + plan)
                    .allMatch(rows -> rows <= 2 * Catalogue.MAX_FOUND);
        }
    }

    /** Returns the plan of a statement whose parameters are unknown. The simple protocol does not ask for their values. */
    private static String plan(String sql) {
        Properties settings = new Properties();
        settings.put("user", TestDatabase.USER);
        settings.put("password", TestDatabase.PASSWORD);
        settings.put("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(DATABASE.url(), settings);
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("explain (generic_plan) " + sql)) {
            StringBuilder plan = new StringBuilder();
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the statement with numbered parameters, as PostgreSQL expects them. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        Matcher parameters = Pattern.compile("\\?").matcher(sql);
        for (int i = 1; parameters.find(); i++) {
            parameters.appendReplacement(numbered, "\\$" + i);
        }
        return parameters.appendTail(numbered).toString();
    }

    private static void list(
            Viewer viewer, Collection<Status> statuses, Order order, @Nullable Place after, int offset) {
        COUNTING.executed();
        CATALOGUE.list(new CatalogueQuery(viewer, Set.copyOf(statuses), null, null, order, "en", after, offset, PAGE));
        assertBounded();
    }

    @Test
    void lists() {
        Viewer member = new Viewer(new UserName("user.7"), false);
        Viewer reviewer = new Viewer(new UserName("user.8"), true);
        Place place = new Place("8", Instant.parse("2026-01-01T00:30:00Z"), 7);
        for (Order order : Order.values()) {
            for (Viewer viewer : List.of(Viewer.PUBLIC, member, reviewer)) {
                for (Set<Status> statuses : List.of(EnumSet.allOf(Status.class), EnumSet.of(Status.APPROVED))) {
                    list(viewer, statuses, order, null, 0);
                    list(viewer, statuses, order, null, RESOURCES / 2);
                    list(viewer, statuses, order, place, 0);
                }
            }
        }
    }

    @Test
    void the_full_feed_at_every_depth() {
        for (long after : List.of(0L, RESOURCES / 2L, RESOURCES - 10L)) {
            COUNTING.executed();
            CATALOGUE.changes(after, 500);
            CATALOGUE.feed(after, 500);
            assertBounded();
        }
    }

    @Test
    void the_feed_with_datestamps() {
        DatedFeed feed = STORAGE.datedFeed();
        Guid guid = CATALOGUE.find(7).orElseThrow().resource().guid();
        COUNTING.executed();
        for (long after : List.of(0L, RESOURCES / 2L, RESOURCES - 10L)) {
            feed.entries(DatedQuery.ALL.after(after), 101);
            feed.entries(new DatedQuery(Instant.EPOCH, Instant.now(), DatedSet.ofLanguage("en"), after), 101);
            assertBounded();
        }
        feed.find(guid);
        feed.tags(0, 500);
        feed.categories();
        feed.languages();
        assertBounded();
    }

    @Test
    void the_inbox_in_each_order_at_every_depth() {
        ReviewQueue queue = STORAGE.reviewQueue();
        Guid waiting =
                CATALOGUE.find(RESOURCES / 20 * 10).orElseThrow().resource().guid();
        String mark = queue.mark().orElseThrow();
        COUNTING.executed();
        for (Kind kind : Kind.values()) {
            for (InboxFilter filter : List.of(InboxFilter.ALL, new InboxFilter(null, null, null, "word another"))) {
                for (InboxOrder order : InboxOrder.values()) {
                    queue.page(kind, filter, order, null, PAGE);
                    queue.page(kind, filter, order, waiting, PAGE);
                    queue.pageBefore(kind, filter, order, waiting, PAGE);
                    queue.around(kind, filter, order, waiting);
                }
                queue.unchangedSince(kind, filter, mark, null, 500);
                queue.unchangedSince(kind, filter, mark, waiting, 500);
                queue.countUnchangedSince(kind, filter, mark);
                queue.counts(filter);
            }
        }
        assertBounded();
    }

    @Test
    void decisions_that_were_made_together() {
        UUID action = UUID.randomUUID();
        COUNTING.executed();
        STORAGE.decisions().decidedIn(action, null, 500);
        STORAGE.decisions()
                .decidedIn(action, CATALOGUE.find(7).orElseThrow().resource().guid(), 500);
        STORAGE.decisions().action(action);
        assertBounded();
    }

    @Test
    void deletions() {
        COUNTING.executed();
        CATALOGUE.deletions(Instant.EPOCH, null, 500);
        Deletion last = CATALOGUE
                .deletions(Instant.parse("2026-01-01T00:30:00Z"), null, 1)
                .get(0);
        CATALOGUE.deletions(last.at(), last, 500);
        CATALOGUE.deletion(last.guid());
        assertBounded();
    }

    @Test
    void single_entries_and_counts() {
        COUNTING.executed();
        Guid guid = CATALOGUE.find(7).orElseThrow().resource().guid();
        CATALOGUE.find(guid);
        CATALOGUE.find(List.of(guid));
        CATALOGUE.find(new Slug("resource-7"));
        CATALOGUE.repeatedAttachments(Set.of(guid));
        STORAGE.resources().counts();
        assertBounded();
    }

    @Test
    void the_home_page_and_the_search_page_without_words() {
        COUNTING.executed();
        CATALOGUE.browse(BrowseQuery.APPROVED, BrowseQuery.Order.NEWEST_FIRST, 0, PAGE);
        CATALOGUE.facets(BrowseQuery.APPROVED);
        CATALOGUE.topics();
        assertBounded();
    }

    @Test
    void the_table_of_staff_in_each_order() {
        BrowseQuery all = BrowseQuery.allFor(new Viewer(null, true));
        for (BrowseQuery query : List.of(all, all.of(Status.APPROVED), all.of(Status.PENDING))) {
            COUNTING.executed();
            CATALOGUE.browse(query, BrowseQuery.Order.NEWEST_FIRST, 0, PAGE);
            CATALOGUE.browse(query, BrowseQuery.Order.OLDEST_FIRST, PAGE, PAGE);
            for (String language : List.of("en", "es", "pt-br")) {
                CATALOGUE.browseByTitle(query, new TitleOrder(language, false), PAGE, PAGE);
                CATALOGUE.browseByTitle(query, new TitleOrder(language, true), PAGE, PAGE);
            }
            assertBounded();
        }
        BrowseQuery words = all.holding("common w7");
        CATALOGUE.browse(words, BrowseQuery.Order.OLDEST_FIRST, 0, PAGE);
        CATALOGUE.browseByTitle(words, new TitleOrder("en", true), 0, PAGE);
        CATALOGUE.browseByTitle(words, new TitleOrder("fr", false), 0, PAGE);
        assertBounded();
    }

    @Test
    void titles_without_an_index_are_sorted_only_if_there_are_few_of_them() {
        assertThat(CATALOGUE.ordersTitles("fr")).isFalse();
        assertThat(CATALOGUE.ordersTitles("pt-br")).isTrue();
        BrowseQuery all = BrowseQuery.allFor(new Viewer(null, true));
        COUNTING.executed();
        assertThat(CATALOGUE
                        .browseByTitle(all, new TitleOrder("fr", false), 0, PAGE)
                        .items())
                .extracting(CatalogueEntry::id)
                .isEqualTo(CATALOGUE.browse(all, BrowseQuery.Order.NEWEST_FIRST, 0, PAGE).items().stream()
                        .map(CatalogueEntry::id)
                        .toList());
        assertBounded();
    }

    @Test
    void searches_with_words() {
        BrowseQuery words = BrowseQuery.APPROVED.holding("common w7");
        for (BrowseQuery query :
                List.of(words, words.tagged(Set.of(7L)).in("en").from(new Source.Here()))) {
            COUNTING.executed();
            CATALOGUE.browse(query, BrowseQuery.Order.BEST_FIRST, 0, PAGE);
            CATALOGUE.browse(query, BrowseQuery.Order.NEWEST_FIRST, 0, PAGE);
            CATALOGUE.facets(query);
            assertBounded();
        }
    }

    @Test
    void searches_for_any_word_and_by_material() {
        BrowseQuery any = BrowseQuery.APPROVED.holding("common w7 w8 nothing").matching(BrowseQuery.Matching.ANY_WORD);
        BrowseQuery type = BrowseQuery.APPROVED.ofType(MaterialType.PDF).taking(StudyTimeRange.SHORT);
        for (BrowseQuery query : List.of(any, type, any.ofType(MaterialType.PDF))) {
            COUNTING.executed();
            CATALOGUE.browse(query, BrowseQuery.Order.BEST_FIRST, 0, PAGE);
            CATALOGUE.browse(query, BrowseQuery.Order.NEWEST_FIRST, 0, PAGE);
            CATALOGUE.facets(query);
            assertBounded();
        }
        CATALOGUE.materials();
        assertBounded();
    }

    @Test
    void corrections_and_suggestions() {
        COUNTING.executed();
        assertThat(CATALOGUE.corrected("comon w7")).hasValue("common w7");
        assertBounded();
        assertThat(CATALOGUE.completions("comm", 5)).containsExactly("common");
        assertBounded();
        assertThat(CATALOGUE.titled("comm", 5)).hasSize(5);
        assertBounded();
        CATALOGUE.recountWords(10);
        assertBounded();
    }

    @Test
    void related_resources() {
        CatalogueEntry entry = CATALOGUE.find(7).orElseThrow();
        COUNTING.executed();
        assertThat(CATALOGUE.related(entry, 6)).hasSize(6);
        assertBounded();
    }

    @Test
    void kept_counts_are_those_of_the_tables() {
        long approved = RESOURCES - RESOURCES / 10;
        assertThat(STORAGE.resources().counts())
                .containsEntry(Status.APPROVED, approved)
                .containsEntry(Status.PENDING, RESOURCES / 10L);
        assertThat(CATALOGUE.topics())
                .first()
                .satisfies(tag -> assertThat(tag.count())
                        .isEqualTo(CATALOGUE
                                .browse(
                                        BrowseQuery.APPROVED
                                                .tagged(Set.of(tag.tag().id()))
                                                .in("en"),
                                        BrowseQuery.Order.NEWEST_FIRST,
                                        0,
                                        1)
                                .total()));
    }
}

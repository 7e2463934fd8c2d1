package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests with rows of an existing site's list that are not valid JSON. */
class UnreadableRowsTest extends PullingFromASite {

    private static final String LIST = "/api/v1/resource/";

    /** A title that breaks its row of the list, by a JSON string that ends in the middle of the title. */
    private static final String BROKEN = "broken";

    /** Breaks the rows with this title in lists, and optionally in details too. */
    private void spoil(String title, byte[] instead, boolean details) {
        site.always(LIST, right -> {
            SiteAnswer answer = right.get();
            String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
            if (!details && !body.contains("\"total_count\"")) {
                return answer;
            }
            String spoiled = body.replace("\"" + title + "\"", new String(instead, StandardCharsets.ISO_8859_1));
            return new SiteAnswer(
                    answer.status(),
                    answer.type(),
                    spoiled.getBytes(StandardCharsets.ISO_8859_1),
                    answer.headers(),
                    false);
        });
    }

    private void breakRows() {
        spoil(BROKEN, "\"bro\"ken\"".getBytes(StandardCharsets.UTF_8), false);
    }

    private ScriptedResource add(String title) {
        return site.add(title);
    }

    private SyncLog reconcile() {
        time.sleep(Duration.ofDays(1));
        return service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE).log();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-1e999"})
    void what_is_no_number_is_no_value_in_lists_and_details(String number) {
        add("One");
        site.edit(add("Two").id(), resource -> resource.text("attribution", "en", "instead"));
        add("Three");
        spoil("instead", number.getBytes(StandardCharsets.UTF_8), true);

        assertThat(synced()).isEqualTo(tally().added(3));
        assertThat(titles().values()).containsExactlyInAnyOrder("One", "Two", "Three");
        assertThat(quarantinedItems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\rb", "a\u0001b", "a\u001fb"})
    void control_characters_are_read_as_they_stand(String raw) {
        add("One");
        site.edit(add("Two").id(), resource -> resource.text("description", "en", "instead"));
        spoil("instead", ("\"" + raw + "\"").getBytes(StandardCharsets.UTF_8), false);

        assertThat(synced()).isEqualTo(tally().added(2));
        assertThat(site.requests(LIST)).isEqualTo(1);
    }

    @Test
    void a_byte_of_another_encoding_spoils_its_resource_only() {
        add("One");
        site.edit(add("Two").id(), resource -> resource.text("description", "en", "instead"));
        add("Three");
        add("Four");
        spoil("instead", new byte[] {'"', 'a', (byte) 0x92, 's', '"'}, false);

        assertThat(synced()).isEqualTo(tally().added(4));
        assertThat(site.requests(LIST)).as("pages of three").isEqualTo(2);
    }

    @Test
    void a_row_that_cannot_be_read_is_quarantined_by_its_place_and_all_others_are_read() {
        add("One");
        add(BROKEN);
        IntStream.rangeClosed(3, 7).forEach(number -> add("Number " + number));
        breakRows();

        SyncReport report = run();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().tally()).isEqualTo(tally().added(6).failed(1));
        assertThat(titles()).hasSize(6).doesNotContainValue(BROKEN);
        assertThat(quarantinedItems()).singleElement().satisfies(bad -> {
            assertThat(bad.remoteId()).isEqualTo("row after 1");
            assertThat(bad.guid()).isNull();
            assertThat(bad.reason().detail())
                    .startsWith("row 2 of the answer (after 1) ")
                    .contains("line 1 column ")
                    .endsWith("; request: /api/v1/resource/?order_by=update_date&status=approved&full=true&limit=3")
                    .doesNotContain(ScriptedOrbSite.KEY);
        });
        assertThat(report.log().message())
                .contains("1 row of the list", "(row after 1)")
                .doesNotContain("the address of a library");
        assertThat(site.requests(LIST)).as("pages of three").isEqualTo(3);
    }

    @Test
    void later_runs_pass_the_row_without_asking_for_it_and_it_stays_quarantined() {
        add("One");
        add(BROKEN);
        IntStream.rangeClosed(3, 12).forEach(number -> add("Number " + number));
        breakRows();
        run();
        QuarantinedItem bad = quarantinedItems().get(0);
        site.forgetRequests();

        add("New");
        SyncReport report = run();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.log().tally().added()).isEqualTo(1);
        assertThat(report.log().tally().failed()).isZero();
        assertThat(quarantinedItems()).containsExactly(bad);
        assertThat(site.requests(LIST)).isLessThanOrEqualTo(4);
        assertThat(detailRequests()).isEqualTo(1);
    }

    @Test
    void a_reconciliation_tries_it_again_and_marks_nothing_as_withdrawn_as_long_as_it_cannot_be_read() {
        IntStream.rangeClosed(1, 10).forEach(number -> add("Number " + number));
        run();
        site.edit(3, resource -> resource.text("title", "en", BROKEN));
        site.remove(4);
        breakRows();

        SyncLog doubtful = reconcile();
        assertThat(doubtful.tally().withdrawn()).isZero();
        assertThat(doubtful.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(quarantinedItems()).extracting(QuarantinedItem::remoteId).containsExactly("row after 10");

        site.mend();
        SyncLog whole = reconcile();
        assertThat(whole.tally().withdrawn()).isEqualTo(1);
        assertThat(whole.message()).isNull();
        assertThat(quarantinedItems()).isEmpty();
        assertThat(titles()).containsValue(BROKEN);
    }

    /** The results of one session: ids, unreadable rows, cursors and the number of requests. */
    private static final class Read {
        final Set<String> ids = new HashSet<>();
        final Set<String> rows = new HashSet<>();
        final List<Cursor> cursors = new ArrayList<>();
        int requests;
    }

    private Read read(ScriptedOrbSite from, int pageSize) {
        return read(from, pageSize, "bro\"ken");
    }

    private Read read(ScriptedOrbSite from, int pageSize, String instead) {
        from.always(LIST, right -> {
            SiteAnswer answer = right.get();
            String body = new String(answer.body(), StandardCharsets.UTF_8).replace("\"" + BROKEN + "\"", instead);
            return SiteAnswer.of(answer.status(), answer.type(), body);
        });
        Read read = new Read();
        try (HttpPeerClient reader = HttpPeerClient.builder()
                        .pageSize(pageSize)
                        .clock(time)
                        .sleeper(time)
                        .build();
                PeerSession session = reader.open(from.peer(peer.id()))) {
            Cursor at = null;
            ChangePage page;
            do {
                page = session.changes(at);
                at = page.next();
                read.cursors.add(at);
                for (ChangePage.Item item : page.items()) {
                    (item.isFetchable() ? read.ids : read.rows).add(item.remoteId());
                }
            } while (!page.last());
            read.requests = session.requests();
        }
        return read;
    }

    @Test
    void wherever_such_rows_stand_all_others_are_read_and_few_requests_are_needed_more() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            try (ScriptedOrbSite some = new ScriptedOrbSite()) {
                some.seed(seed);
                int pageSize = 1 + random.nextInt(7);
                int most = 1 + random.nextInt(4);
                Set<String> good = new HashSet<>();
                int broken = 0;
                for (int i = 0, size = 1 + random.nextInt(25); i < size; i++) {
                    boolean breaks = broken < most && random.nextInt(5) == 0;
                    ScriptedResource row = some.add(breaks ? BROKEN : "Good");
                    if (breaks) {
                        broken++;
                    } else {
                        good.add(Long.toString(row.id()));
                    }
                }
                Read read = read(some, pageSize);

                assertThat(read.ids).as("seed %d, pages of %d", seed, pageSize).isEqualTo(good);
                assertThat(read.rows).as("seed %d, pages of %d", seed, pageSize).hasSize(broken);
            }
        }
    }

    @Test
    void among_rows_of_one_date_that_stand_elsewhere_each_time_all_others_are_read_too() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            try (ScriptedOrbSite some = new ScriptedOrbSite()) {
                some.seed(1_000L * seed);
                int size = 2 + random.nextInt(5);
                some.together(() -> IntStream.range(0, size).forEach(i -> some.add("Good")));
                some.together(() -> {
                    some.add(BROKEN);
                    some.add("Good");
                    some.add("Good");
                });
                some.add("Good");
                Read read = read(some, 5);

                assertThat(read.ids).as("seed " + seed).hasSize(size + 3);
                assertThat(read.rows).as("seed " + seed).isNotEmpty();
            }
        }
    }

    @Test
    void any_number_of_such_rows_in_succession_is_passed_with_few_more_requests() {
        IntStream.rangeClosed(1, 50).forEach(number -> add("Number " + number));
        IntStream.rangeClosed(51, 90).forEach(number -> add(BROKEN));
        IntStream.rangeClosed(91, 140).forEach(number -> add("Number " + number));
        breakRows();
        site.forgetRequests();

        SyncLog log = run().log();

        assertThat(log.status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(log.tally()).isEqualTo(tally().added(100).failed(40));
        assertThat(log.message()).contains("40 rows of the list", "...");
        assertThat(site.requests(LIST)).isLessThanOrEqualTo((140 + 2) / 3 + 50);
    }

    /** Breaks one row in different ways. Each value replaces a title and its quotation marks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bro\"ken\"",
                "\"broken",
                "broken\"",
                "undefined",
                "\"\\x41\"",
                "\"\\u00g1\"",
                "\"a\\\"",
                "",
                ",",
                "'broken'",
                "{\"en\": \"broken\"",
                "[\"broken\"",
                "\"broken\"}}",
                "0x1F",
                "01",
                "\"a\" \"b\"",
                "<b>broken</b>",
                "\"broken\", {",
                "[[[[",
                "\"}, {\"id\": 9\""
            })
    void however_a_row_is_broken_all_others_are_read(String instead) {
        for (int place = 0; place < 7; place++) {
            try (ScriptedOrbSite some = new ScriptedOrbSite()) {
                Set<String> good = new HashSet<>();
                for (int i = 0; i < 7; i++) {
                    ScriptedResource row = some.add(i == place ? BROKEN : "Good");
                    if (i != place) {
                        good.add(Long.toString(row.id()));
                    }
                }
                Read read = read(some, 3, instead);

                assertThat(read.ids).as("broken at " + place).containsAll(good);
                // The rest of a row that ends too early may count as a row of its own.
                assertThat(read.ids.size() + read.rows.size())
                        .as("broken at " + place)
                        .isBetween(7, 8);
                assertThat(read.requests).isLessThanOrEqualTo(5);
            }
        }
    }

    @Test
    void what_stands_behind_a_row_that_is_whole_makes_no_row_unreadable() {
        IntStream.rangeClosed(1, 7).forEach(number -> add("Number " + number));
        site.always(LIST, right -> {
            SiteAnswer answer = right.get();
            String body = new String(answer.body(), StandardCharsets.UTF_8).replaceFirst("}, \\{\"", "}}, {\"");
            return SiteAnswer.of(answer.status(), answer.type(), body);
        });

        assertThat(synced()).isEqualTo(tally().added(7));
        assertThat(quarantinedItems()).isEmpty();
    }

    @Test
    void an_answer_that_ends_among_its_rows_is_no_answer_whatever_was_broken_before() {
        IntStream.rangeClosed(1, 3).forEach(number -> add(number == 2 ? BROKEN : "Number " + number));
        site.always(LIST, right -> {
            SiteAnswer answer = right.get();
            String body = new String(answer.body(), StandardCharsets.UTF_8).replace("\"" + BROKEN + "\"", "bro\"ken");
            return SiteAnswer.of(answer.status(), answer.type(), body.substring(0, body.length() - 40));
        });

        SyncLog log = run().log();

        assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
        assertThat(titles()).isEmpty();
    }

    @Test
    void a_row_is_known_again_wherever_the_list_is_begun_to_be_read() {
        add("One");
        add(BROKEN);
        IntStream.rangeClosed(3, 7).forEach(number -> add("Number " + number));
        breakRows();
        run();
        site.remove(1);
        site.edit(7, resource -> resource.text("title", "en", "Number 7, again"));

        SyncLog log = reconcile();

        assertThat(log.tally().failed()).isEqualTo(1);
        assertThat(quarantinedItems()).extracting(QuarantinedItem::remoteId).containsExactly("row after 1");
    }
}

package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.contract.Samples.titled;
import static org.librarypeers.sync.contract.ScriptedPeer.answered;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.item;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Outcome.Kind;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.RunItem;

/** Tests of the list of a run's outcomes. */
class OutcomesTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private static final Remark REMARK = new Remark(Remark.Kind.TAG_LEFT_OUT, "tags[0]", "name is missing");

    private static ChangePage.Item remarked(int number, String title, String version) {
        return answered(number, version, new Fetched.Body(incoming(number, title), List.of(REMARK)));
    }

    @Test
    void what_was_accepted_with_remarks_is_counted_noted_and_not_fetched_again() {
        script.lastPage(cursor(1), remarked(1, "One", "v1"), full(2, "v1"), item(3, "v1"))
                .body(3, new Fetched.Body(incoming(3, "Three"), List.of(REMARK, REMARK)));
        SyncReport first = library.sync();
        Outcome added = new Outcome(Kind.ADDED, "1", guid(1), null, List.of(REMARK));
        Outcome fetched = new Outcome(Kind.ADDED, "3", guid(3), null, List.of(REMARK, REMARK));

        assertThat(first.log().tally()).isEqualTo(SyncTally.NONE.added(3).remarked(2));
        assertThat(first.remarked()).containsExactly(added, fetched);
        assertThat(library.storage.syncLogs().remarked(first.log().id(), 0, 10).items())
                .extracting(RunItem::outcome)
                .containsExactly(added, fetched);
        assertThat(library.storage.harvest().remarks(List.of(guid(1), guid(2), guid(3))))
                .isEqualTo(Map.of(guid(1), List.of(REMARK), guid(3), List.of(REMARK, REMARK)));

        script.fetched.clear();
        script.lastPage(cursor(2), remarked(1, "One", "v1"), full(2, "v1"), item(3, "v1"));
        SyncReport again = library.sync();

        assertThat(script.fetched).isEmpty();
        assertThat(again.log().tally()).isEqualTo(SyncTally.NONE.unchanged(3));
        assertThat(again.remarked()).isEmpty();
    }

    @Test
    void a_report_lists_a_thousand_items_with_remarks_and_counts_all() {
        script.page(cursor(1), remarked(1, 600)).lastPage(cursor(2), remarked(601, 1_203));

        SyncReport report = library.sync();

        assertThat(report.log().tally().remarked()).isEqualTo(1_203);
        assertThat(report.remarked())
                .extracting(Outcome::remoteId)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(library.storage.syncLogs().remarked(report.log().id(), 0, 10).total())
                .isEqualTo(1_203);
    }

    private static ChangePage.Item[] remarked(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> remarked(number, "Title " + number, "v1"))
                .toArray(ChangePage.Item[]::new);
    }

    @Test
    void a_preview_shows_the_remarks_that_the_run_then_notes() {
        script.lastPage(cursor(1), remarked(1, "One", "v1"));
        SyncReport preview = library.service.preview(library.peer, SyncListener.NONE);
        script.lastPage(cursor(1), remarked(1, "One", "v1"));
        SyncReport run = library.sync();

        assertThat(preview.remarked())
                .isEqualTo(run.remarked())
                .containsExactly(new Outcome(Kind.ADDED, "1", guid(1), null, List.of(REMARK)));
        assertThat(preview.log().tally().remarked()).isEqualTo(1);
    }

    @Test
    void remarks_on_what_is_not_accepted_are_not_noted() {
        library.storage
                .resources()
                .save(Resource.create(guid(1), titled("Made here"), EDITOR, library.clock.instant()));
        script.lastPage(cursor(1), remarked(1, "Theirs", "v1"));
        SyncReport report = library.sync();

        assertThat(report.log().tally()).isEqualTo(SyncTally.NONE.keptLocal(1));
        assertThat(report.remarked()).isEmpty();
    }

    private List<Outcome> outcomes(SyncLog run, Kind kind) {
        return library.storage.syncLogs().outcomes(run.id(), kind, 0, 100).items().stream()
                .map(RunItem::outcome)
                .toList();
    }

    private static Outcome outcome(Kind kind, int number) {
        return new Outcome(kind, String.valueOf(number), guid(number), null);
    }

    @Test
    void each_item_is_listed_under_what_became_of_it() {
        library.storage
                .resources()
                .save(Resource.create(guid(4), titled("Ours"), Library.EDITOR, library.clock.instant()));
        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"));
        SyncLog first = library.sync().log();
        ChangePage.Item bad = answered(5, "v1", new Fetched.Unreadable("no title"));
        script.lastPage(cursor(2), full(1, "v1"), full(2, "v2"), full(3, "v1"), full(4, "v1"), bad);

        SyncLog second = library.sync().log();

        assertThat(outcomes(first, Kind.ADDED)).containsExactly(outcome(Kind.ADDED, 1), outcome(Kind.ADDED, 2));
        assertThat(outcomes(second, Kind.UNCHANGED)).containsExactly(outcome(Kind.UNCHANGED, 1));
        assertThat(outcomes(second, Kind.UPDATED)).containsExactly(outcome(Kind.UPDATED, 2));
        assertThat(outcomes(second, Kind.ADDED)).containsExactly(outcome(Kind.ADDED, 3));
        assertThat(outcomes(second, Kind.KEPT_LOCAL)).containsExactly(outcome(Kind.KEPT_LOCAL, 4));
        assertThat(outcomes(second, Kind.FAILED))
                .containsExactly(new Outcome(
                        Kind.FAILED, "5", guid(5), new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "no title")));
    }

    @Test
    void what_is_followed_elsewhere_is_listed_as_left_alone() {
        Peer malawi = library.addPeer("Malawi", "https://malawi.example.org");
        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        script.lastPage(cursor(1), full(1, "v1"));

        SyncLog run = library.service.sync(malawi, SyncListener.NONE).log();

        assertThat(outcomes(run, Kind.KEPT_OTHER_SOURCE)).containsExactly(outcome(Kind.KEPT_OTHER_SOURCE, 1));
    }

    @Test
    void what_a_reconciliation_finds_gone_is_listed_and_of_what_it_reads_again_only_the_end() {
        ChangePage.Item[] ten = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> item(number, "v1"))
                .toArray(ChangePage.Item[]::new);
        script.lastPage(cursor(1), ten).bodies(1, 10, "A");
        library.sync();
        library.clock.advance(Duration.ofDays(1));
        script.lastPage(cursor(1), Arrays.copyOf(ten, 9)).bodies(1, 9, "A").body(3, "Changed");

        SyncLog run = library.reconcile();

        assertThat(outcomes(run, Kind.WITHDRAWN)).containsExactly(new Outcome(Kind.WITHDRAWN, null, guid(10), null));
        assertThat(outcomes(run, Kind.UPDATED)).containsExactly(outcome(Kind.UPDATED, 3));
        assertThat(outcomes(run, Kind.UNCHANGED))
                .extracting(Outcome::remoteId)
                .containsExactlyInAnyOrder("1", "2", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void what_runs_left_as_it_was_is_listed_of_the_last_ten_and_the_one_under_way() {
        script.lastPage(cursor(1), full(1, "v1"));
        SyncLog first = library.sync().log();
        script.lastPage(cursor(1), full(1, "v1"));
        SyncLog second = library.sync().log();
        for (int i = 0; i < 9; i++) {
            script.lastPage(cursor(1), full(1, "v1"));
            library.sync();
        }

        assertThat(outcomes(first, Kind.ADDED)).hasSize(1);
        assertThat(outcomes(second, Kind.UNCHANGED)).hasSize(1);

        script.lastPage(cursor(1), full(1, "v1"));
        library.sync();
        assertThat(outcomes(second, Kind.UNCHANGED)).isEmpty();
        assertThat(outcomes(first, Kind.ADDED)).hasSize(1);
    }

    @Test
    void a_preview_lists_nothing() {
        script.lastPage(cursor(1), full(1, "v1"));

        SyncReport preview = library.service.preview(library.peer, SyncScope.CHANGES, SyncListener.NONE);

        assertThat(outcomes(preview.log(), Kind.ADDED)).isEmpty();
    }
}

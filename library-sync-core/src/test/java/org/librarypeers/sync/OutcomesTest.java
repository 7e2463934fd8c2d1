package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.ScriptedPeer.cursor;
import static org.librarypeers.sync.ScriptedPeer.full;
import static org.librarypeers.sync.ScriptedPeer.guid;
import static org.librarypeers.sync.ScriptedPeer.item;
import static org.librarypeers.sync.ScriptedPeer.titled;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.port.ChangePage;
import org.librarypeers.sync.port.Fetched;
import org.librarypeers.sync.port.Outcome;
import org.librarypeers.sync.port.Outcome.Kind;
import org.librarypeers.sync.port.RunItem;

/** What became of each item of a run can be listed. */
class OutcomesTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

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
        ChangePage.Item bad = new ChangePage.Item("5", guid(5), "v1", new Fetched.Unreadable("no title"));
        script.lastPage(cursor(2), full(1, "v1"), full(2, "v2"), full(3, "v1"), full(4, "v1"), bad);

        SyncLog second = library.sync().log();

        assertThat(outcomes(first, Kind.ADDED)).containsExactly(outcome(Kind.ADDED, 1), outcome(Kind.ADDED, 2));
        assertThat(outcomes(second, Kind.UNCHANGED)).containsExactly(outcome(Kind.UNCHANGED, 1));
        assertThat(outcomes(second, Kind.UPDATED)).containsExactly(outcome(Kind.UPDATED, 2));
        assertThat(outcomes(second, Kind.ADDED)).containsExactly(outcome(Kind.ADDED, 3));
        assertThat(outcomes(second, Kind.KEPT_LOCAL)).containsExactly(outcome(Kind.KEPT_LOCAL, 4));
        assertThat(outcomes(second, Kind.FAILED)).containsExactly(new Outcome(Kind.FAILED, "5", guid(5), "no title"));
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
        library.clock.advance(Pacing.READ_AGAIN_AFTER.plusSeconds(1));
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

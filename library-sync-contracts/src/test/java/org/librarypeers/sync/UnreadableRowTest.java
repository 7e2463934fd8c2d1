package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests with rows of a list that cannot be read. They are quarantined by their place in the list. */
class UnreadableRowTest {

    private static final String NO_JSON = "the row at offset 1 of the list cannot be read: no JSON";

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private static ChangePage.Item unreadableRow(String place) {
        return ChangePage.Item.unreadableRow(place, "d1", NO_JSON);
    }

    @Test
    void a_row_that_cannot_be_read_is_quarantined_by_its_place_and_named_by_the_run() {
        script.lastPage(cursor(1), full(1, "v1"), unreadableRow("after 1"), full(3, "v1"));

        SyncReport report = library.sync();

        assertThat(report.log().status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(report.log().tally()).isEqualTo(tally().added(2).failed(1));
        assertThat(report.log().message()).contains("1 row of the list", "(row after 1)");
        assertThat(library.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.remoteId()).isEqualTo("row after 1");
            assertThat(row.guid()).isNull();
            assertThat(row.reason().detail()).isEqualTo(NO_JSON);
        });
        assertThat(library.storage.harvest().cursor(library.peer.id())).contains(cursor(1));
    }

    @Test
    void a_run_that_does_not_read_the_whole_list_neither_fetches_such_a_row_nor_forgets_it() {
        script.lastPage(cursor(1), full(1, "v1"), unreadableRow("after 1"));
        library.sync();
        List<QuarantinedItem> before = library.quarantined();

        script.lastPage(cursor(2), full(4, "v1"));
        SyncReport report = library.sync();

        assertThat(script.fetched).isEmpty();
        assertThat(library.quarantined()).isEqualTo(before);
        assertThat(report.log().tally()).isEqualTo(tally().added(1));
        assertThat(report.log().message()).contains("1 row of the list", "(row after 1)");
    }

    @Test
    void only_the_whole_list_shows_that_such_a_row_can_be_read_again() {
        script.lastPage(cursor(1), full(1, "v1"), unreadableRow("after 1"), full(3, "v1"));
        library.sync();

        script.lastPage(cursor(1), full(1, "v1"), unreadableRow("after 1"), full(3, "v1"));
        assertThat(library.reconcile().message()).contains("(row after 1)");
        assertThat(library.quarantined()).extracting(QuarantinedItem::attempts).containsExactly(2);

        script.lastPage(cursor(1), full(1, "v1"), full(2, "v1"), full(3, "v1"));
        SyncLog mended = library.reconcile();
        assertThat(mended.message()).isNull();
        assertThat(mended.tally()).isEqualTo(tally().added(1).unchanged(2));
        assertThat(library.quarantined()).isEmpty();
        assertThat(library.title(2)).isEqualTo("2 v1");
    }

    @Test
    void while_such_a_row_exists_nothing_is_marked_as_withdrawn() {
        ChangePage.Item[] twelve = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> full(number, "v1"))
                .toArray(ChangePage.Item[]::new);
        script.lastPage(cursor(1), twelve);
        library.sync();
        twelve[3] = unreadableRow("after 3");
        script.lastPage(cursor(1), twelve);

        SyncLog doubtful = library.reconcile();

        assertThat(doubtful.tally().withdrawn()).isZero();
        assertThat(doubtful.message()).contains("1 of 12 resources");
        assertThat(library.withdrawn()).isEmpty();
    }
}

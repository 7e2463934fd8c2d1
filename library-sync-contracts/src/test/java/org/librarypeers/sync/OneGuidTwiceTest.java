package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.Library.tally;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.incoming;
import static org.librarypeers.sync.contract.ScriptedPeer.withoutGuid;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests of a peer that has one GUID under two remote ids. */
class OneGuidTwiceTest {

    private static final Guid SHARED = guid(1);

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private static ChangePage.Item listed(String remoteId, String version) {
        return new ChangePage.Item(remoteId, SHARED, version, null);
    }

    private static ChangePage.Item brought(String remoteId, String version) {
        return new ChangePage.Item(remoteId, SHARED, version, body("Resource " + remoteId));
    }

    private static Fetched body(String title) {
        return new Fetched.Body(incoming(1, title));
    }

    private ScriptedPeer answer(int remoteId) {
        return script.body(remoteId, body("Resource " + remoteId));
    }

    private @Nullable String accepted() {
        AcceptedItem taken = library.storage
                .harvest()
                .accepted(library.peer.id(), List.of(SHARED))
                .get(SHARED);
        return taken == null ? null : taken.remoteId();
    }

    private void isFromFirst(String first, String second) {
        assertThat(library.title(1)).isEqualTo("Resource " + first);
        assertThat(accepted()).isEqualTo(first);
        assertThat(library.quarantined()).singleElement().satisfies(item -> {
            assertThat(item.remoteId()).isEqualTo(second);
            assertThat(item.guid()).isEqualTo(SHARED);
            assertThat(item.reason().kind()).isEqualTo(QuarantineReason.Kind.SAME_GUID);
            assertThat(item.reason().detail()).contains("resource " + first + " ", SHARED.toString());
        });
    }

    @ParameterizedTest
    @CsvSource({"9, 10", "10, 9", "9, a", "a, 9"})
    void on_one_page_the_lowest_remote_id_is_taken_whatever_the_order(String one, String other) {
        script.lastPage(cursor(1), brought(one, "v1"), brought(other, "v2"));

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).failed(1));

        isFromFirst("9", one.equals("9") ? other : one);
    }

    @Test
    void the_lowest_is_asked_for_and_taken_where_the_list_brings_no_bodies() {
        answer(2);
        answer(7);
        script.lastPage(cursor(1), listed("7", "v1"), listed("2", "v1"));

        library.sync();

        isFromFirst("2", "7");
    }

    @Test
    void across_pages_and_runs_the_one_that_was_accepted_first_stays() {
        answer(2);
        answer(7);
        script.page(cursor(1), listed("7", "v1")).lastPage(cursor(2), listed("2", "v2"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).failed(1));
        isFromFirst("7", "2");

        script.lastPage(cursor(3), listed("2", "v3"));
        script.fetched.clear();
        assertThat(library.sync().log().tally()).isEqualTo(tally().failed(1));
        isFromFirst("7", "2");
        assertThat(script.allFetched()).containsExactly("7", "2");

        script.body(7, body("Resource 7 anew")).lastPage(cursor(4), listed("7", "v4"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().updated(1).failed(1));
        assertThat(library.title(1)).isEqualTo("Resource 7 anew");
        assertThat(library.quarantined()).extracting(QuarantinedItem::remoteId).containsExactly("2");
    }

    @Test
    void the_one_that_was_accepted_stays_though_both_have_one_version() {
        answer(2);
        answer(7);
        script.lastPage(cursor(1), listed("7", "v1"));
        library.sync();

        script.lastPage(cursor(1), listed("7", "v1"), listed("2", "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().unchanged(1).failed(1));
        isFromFirst("7", "2");

        script.lastPage(cursor(1), listed("2", "v1"), listed("7", "v1"));
        assertThat(library.reconcile().tally()).isEqualTo(tally().unchanged(1).failed(1));
        isFromFirst("7", "2");
    }

    @Test
    void a_list_that_brings_the_bodies_does_not_make_it_flip() {
        answer(2);
        answer(7);
        script.lastPage(cursor(1), brought("7", "v1"));
        library.sync();

        for (int version = 2; version < 5; version++) {
            script.lastPage(cursor(version), brought("2", "v" + version));
            library.sync();
            isFromFirst("7", "2");
        }
        script.lastPage(cursor(5), brought("2", "v5"), brought("7", "v5"));
        assertThat(library.reconcile().tally()).isEqualTo(tally().unchanged(1).failed(1));
        isFromFirst("7", "2");
    }

    @Test
    void the_first_is_not_asked_for_unless_another_shows_up() {
        answer(7);
        script.lastPage(cursor(1), listed("7", "v1"));
        library.sync();
        script.lastPage(cursor(2), listed("7", "v2"));
        library.sync();

        assertThat(script.allFetched()).containsExactly("7", "7");
    }

    @Test
    void what_was_deleted_and_created_again_takes_over() {
        answer(7);
        script.lastPage(cursor(1), listed("7", "v1"));
        library.sync();

        script.body(7, new Fetched.Gone());
        answer(12).lastPage(cursor(2), listed("12", "v2"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().updated(1));

        assertThat(library.title(1)).isEqualTo("Resource 12");
        assertThat(accepted()).isEqualTo("12");
        assertThat(library.quarantined()).isEmpty();
    }

    @Test
    void what_was_numbered_anew_takes_over_though_its_old_remote_id_is_another_resource_now() {
        answer(7);
        script.lastPage(cursor(1), listed("7", "v1"));
        library.sync();

        script.body(7, new Fetched.Body(incoming(2, "Another")));
        answer(12).lastPage(cursor(2), listed("12", "v1"), ScriptedPeer.item(2, "v1"));
        script.body(2, new Fetched.Body(incoming(2, "Another")));
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).updated(1));

        assertThat(library.title(1)).isEqualTo("Resource 12");
        assertThat(library.quarantined()).isEmpty();
    }

    @Test
    void the_second_takes_over_at_its_next_try_when_the_first_is_gone() {
        answer(2);
        answer(7);
        script.lastPage(cursor(1), listed("2", "v1"), listed("7", "v1"));
        library.sync();

        script.body(2, new Fetched.Gone());
        assertThat(library.sync().log().tally()).isEqualTo(tally().updated(1));

        assertThat(library.title(1)).isEqualTo("Resource 7");
        assertThat(accepted()).isEqualTo("7");
        assertThat(library.quarantined()).isEmpty();
    }

    @Test
    void of_three_the_second_takes_over_and_the_third_is_told_so() {
        answer(2);
        answer(7);
        answer(9);
        script.lastPage(cursor(1), listed("9", "v1"), listed("7", "v1"), listed("2", "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).failed(2));

        script.body(2, new Fetched.Gone());
        assertThat(library.sync().log().tally()).isEqualTo(tally().updated(1).failed(1));
        isFromFirst("7", "9");
    }

    @Test
    void when_the_second_is_gone_the_first_stays() {
        answer(2);
        answer(7);
        script.lastPage(cursor(1), listed("2", "v1"), listed("7", "v1"));
        library.sync();

        script.body(7, new Fetched.Gone());
        library.sync();
        library.sync();

        assertThat(library.quarantined()).isEmpty();
        assertThat(accepted()).isEqualTo("2");
        assertThat(library.withdrawn()).isEmpty();
        assertThat(library.storage.harvest().offered(library.peer.id())).containsExactly(SHARED);
    }

    @Test
    void the_second_waits_while_the_first_cannot_be_read() {
        answer(2);
        script.lastPage(cursor(1), listed("2", "v1"));
        library.sync();

        script.body(2, new Fetched.Unreadable("502"));
        answer(7).lastPage(cursor(2), listed("7", "v2"));
        library.sync();

        assertThat(accepted()).isEqualTo("2");
        assertThat(library.quarantined()).singleElement().satisfies(item -> {
            assertThat(item.reason().kind()).isEqualTo(QuarantineReason.Kind.SAME_GUID);
            assertThat(item.reason().detail()).endsWith(": 502");
        });
    }

    @Test
    void where_the_first_could_never_be_read_the_second_is_taken_and_stays() {
        script.body(2, new Fetched.Unreadable("no title"));
        answer(7).lastPage(cursor(1), listed("2", "v1"), listed("7", "v1"));
        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1).failed(1));
        assertThat(accepted()).isEqualTo("7");

        answer(2);
        library.sync();
        isFromFirst("7", "2");
    }

    @Test
    void a_second_whose_first_could_not_be_asked_for_is_asked_for_again() {
        answer(2);
        script.lastPage(cursor(1), listed("2", "v1"));
        library.sync();

        script.bodyFailure(2, new PeerException(PeerTrouble.UNREACHABLE, "gone", null));
        answer(7).lastPage(cursor(2), brought("7", "v2"));
        assertThat(library.sync().log().message()).isEqualTo("gone");
        assertThat(library.quarantined()).isEmpty();
        assertThat(accepted()).isEqualTo("2");

        answer(2);
        script.lastPage(cursor(2), brought("7", "v2"));
        library.sync();
        isFromFirst("2", "7");
    }

    @Test
    void one_that_is_listed_twice_is_harmless() {
        answer(2);
        script.page(cursor(1), listed("2", "v1"), listed("2", "v1")).lastPage(cursor(2), listed("2", "v1"));

        assertThat(library.sync().log().tally()).isEqualTo(tally().added(1));
        assertThat(library.quarantined()).isEmpty();
        assertThat(script.allFetched()).containsExactly("2");
    }

    @Test
    void a_list_without_guids_does_not_make_it_flip() {
        answer(2);
        answer(7);
        ChangePage.Item two = withoutGuid(2, "v1");
        ChangePage.Item seven = withoutGuid(7, "v1");
        script.page(cursor(1), two).lastPage(cursor(2), seven);
        library.sync();
        assertThat(library.title(1)).isEqualTo("Resource 2");

        script.lastPage(cursor(3), seven);
        library.sync();

        assertThat(library.title(1)).isEqualTo("Resource 2");
        assertThat(library.quarantined()).extracting(QuarantinedItem::remoteId).containsExactly("7");
    }

    @Test
    void a_preview_tells_the_same() {
        answer(2);
        answer(7);
        script.page(cursor(1), listed("7", "v1")).lastPage(cursor(2), listed("2", "v2"));
        SyncReport preview = library.service.preview(library.peer, SyncListener.NONE);
        assertThat(preview.log().tally()).isEqualTo(tally().added(1).failed(1));
        assertThat(library.resources()).isEqualTo(Map.of());

        script.page(cursor(1), listed("7", "v1")).lastPage(cursor(2), listed("2", "v2"));
        assertThat(library.sync().log().requests()).isEqualTo(preview.log().requests());
        isFromFirst("7", "2");
    }
}

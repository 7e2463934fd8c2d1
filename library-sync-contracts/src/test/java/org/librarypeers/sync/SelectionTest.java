package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.librarypeers.sync.Library.EDITOR;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.guid;
import static org.librarypeers.sync.contract.ScriptedPeer.item;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.SelectionCounts;

/** Tests of selection rules: what a sync takes and leaves out, and what happens when a rule changes. */
class SelectionTest {

    private static final SelectionRule WATER = SelectionRule.parse("tag:Water");
    private static final SelectionRule EVERYTHING = SelectionRule.EVERYTHING;

    private final Library library = new Library();
    private Peer peer = library.peer;

    private static IncomingResource tagged(int number, String title, String... tags) {
        return new IncomingResource(
                guid(number),
                Samples.titled(title).toBuilder()
                        .tags(List.of(tags).stream()
                                .map(tag -> Tag.of("Topic", tag))
                                .toList())
                        .build(),
                null,
                null,
                null);
    }

    private void body(int number, String title, String... tags) {
        library.script.body(number, new Fetched.Body(tagged(number, title, tags)));
    }

    private void rule(SelectionRule rule) {
        peer = peer.withSelection(rule);
        library.storage.peers().save(peer);
    }

    private SyncTally sync() {
        return run(SyncScope.CHANGES);
    }

    private SyncTally run(SyncScope scope) {
        library.clock.tick();
        library.script.fetched.clear();
        return library.service.sync(peer, scope, SyncListener.NONE).log().tally();
    }

    private List<String> titles() {
        return List.of(1, 2, 3).stream()
                .flatMap(number -> library.storage.resources().find(guid(number)).stream())
                .map(resource -> resource.content().title().best(List.of()))
                .toList();
    }

    private void offerThree() {
        body(1, "One", "Water");
        body(2, "Two", "Air");
        body(3, "Three", "Water", "Air");
        library.script.lastPage(cursor(1), item(1, "a"), item(2, "a"), item(3, "a"));
    }

    private void offerNothingNew() {
        library.script.lastPage(cursor(1));
    }

    @Test
    void what_the_rule_leaves_out_is_counted_and_listed_and_not_taken() {
        rule(WATER);
        offerThree();

        SyncReport report = library.service.sync(peer, SyncListener.NONE);

        assertThat(report.log().tally()).isEqualTo(Library.tally().added(2).leftOut(1));
        assertThat(titles()).containsExactly("One", "Three");
        assertThat(library.storage
                        .syncLogs()
                        .outcomes(report.log().id(), Outcome.Kind.LEFT_OUT, 0, 10)
                        .items())
                .extracting(RunItem::outcome)
                .containsExactly(new Outcome(Outcome.Kind.LEFT_OUT, "2", guid(2), null));
        assertThat(library.storage.selections().counts(peer.id())).isEqualTo(new SelectionCounts(1, 0));
    }

    @Test
    void what_was_left_out_is_not_requested_again_until_it_changes() {
        rule(WATER);
        offerThree();
        sync();

        library.script.lastPage(cursor(2), item(1, "a"), item(2, "a"));
        assertThat(sync()).isEqualTo(Library.tally().unchanged(1).leftOut(1));
        assertThat(library.script.allFetched()).isEmpty();

        body(2, "Two about water", "Air", "Water");
        library.script.lastPage(cursor(3), item(2, "b"));
        assertThat(sync()).isEqualTo(Library.tally().added(1));
        assertThat(titles()).containsExactly("One", "Two about water", "Three");
    }

    @Test
    void a_wider_rule_requests_only_what_it_newly_takes() {
        rule(WATER);
        offerThree();
        sync();

        rule(SelectionRule.parse("tag:Water tag:Air"));
        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally().added(1));
        assertThat(library.script.allFetched()).containsExactly("2");

        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally());
        assertThat(library.script.allFetched()).isEmpty();
    }

    @Test
    void a_narrower_rule_keeps_what_is_here_and_no_longer_updates_it() {
        offerThree();
        sync();

        rule(SelectionRule.parse("-tag:Air"));
        body(2, "Two, changed", "Air");
        library.script.lastPage(cursor(2), item(2, "b"));
        assertThat(sync()).isEqualTo(Library.tally().leftOut(1));
        assertThat(titles()).containsExactly("One", "Two", "Three");
        assertThat(library.storage.selections().notFollowed(List.of(guid(1), guid(2), guid(3))))
                .isEqualTo(Set.of(guid(2), guid(3)));
        assertThat(library.storage.selections().counts(peer.id())).isEqualTo(new SelectionCounts(2, 2));

        rule(EVERYTHING);
        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally().updated(1).unchanged(1));
        assertThat(library.script.allFetched()).containsExactlyInAnyOrder("2", "3");
        assertThat(titles()).containsExactly("One", "Two, changed", "Three");
        assertThat(library.storage.selections().notFollowed(List.of(guid(2), guid(3))))
                .isEmpty();
    }

    @Test
    void a_run_that_fails_while_a_rule_is_widened_is_continued_by_the_next_one() {
        rule(WATER);
        ChangePage.Item[] all = new ChangePage.Item[60];
        for (int i = 0; i < all.length; i++) {
            body(i + 1, "Number " + (i + 1), "Air");
            all[i] = item(i + 1, "a");
        }
        library.script.lastPage(cursor(1), all);
        assertThat(sync()).isEqualTo(Library.tally().leftOut(60));

        rule(EVERYTHING);
        offerNothingNew();
        library.script.bodyFailure(30, new PeerException(PeerTrouble.UNREACHABLE, "connection lost", null));
        int first = sync().added();
        assertThat(first).isBetween(0, 59);

        body(30, "Number 30", "Air");
        offerNothingNew();
        assertThat(sync().added()).isEqualTo(60 - first);
        assertThat(library.script.allFetched()).hasSize(60 - first);
        assertThat(library.storage.selections().counts(peer.id())).isEqualTo(SelectionCounts.NONE);
    }

    @Test
    void a_run_that_dies_between_two_batches_is_continued_by_the_next_one() {
        rule(WATER);
        offerThree();
        sync();
        rule(EVERYTHING);
        offerNothingNew();
        library.script.body(2, () -> {
            throw new IllegalStateException("the process ends");
        });
        assertThatThrownBy(this::sync).isInstanceOf(IllegalStateException.class);

        body(2, "Two", "Air");
        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally().added(1));
    }

    @Test
    void a_reconciliation_counts_what_is_left_out_as_offered_and_forgets_it_silently_when_it_is_gone() {
        rule(WATER);
        offerThree();
        sync();

        library.script.lastPage(cursor(1), item(1, "a"), item(2, "a"), item(3, "a"));
        assertThat(run(SyncScope.EVERYTHING))
                .isEqualTo(Library.tally().unchanged(2).leftOut(1));
        assertThat(library.storage.harvest().withdrawn(peer.id())).isEmpty();

        library.script.lastPage(cursor(1), item(1, "a"), item(3, "a"));
        library.clock.tick();
        SyncReport report = library.service.sync(peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(report.log().tally()).isEqualTo(Library.tally().unchanged(2));
        assertThat(report.log().message()).isNull();
        assertThat(library.storage.selections().counts(peer.id())).isEqualTo(SelectionCounts.NONE);
    }

    @Test
    void a_body_in_the_list_is_not_requested_again_when_a_rule_is_widened() {
        rule(WATER);
        library.script.lastPage(cursor(1), full(1, "a", tagged(1, "One", "Air")));
        assertThat(sync()).isEqualTo(Library.tally().leftOut(1));

        rule(EVERYTHING);
        library.script.lastPage(cursor(1), full(1, "a", tagged(1, "One", "Air")));
        assertThat(run(SyncScope.EVERYTHING)).isEqualTo(Library.tally().added(1));
        assertThat(library.script.allFetched()).isEmpty();
    }

    @Test
    void a_rule_is_about_the_words_of_the_peer_not_about_mapped_tags() {
        library.storage
                .tagRules()
                .put(new TagRule(null, "Topic", "Water", "Topic", "Hygiene"), EDITOR, library.clock.instant());
        rule(WATER);
        body(1, "One", "Water");
        library.script.lastPage(cursor(1), item(1, "a"));

        assertThat(sync()).isEqualTo(Library.tally().added(1));
        assertThat(found(guid(1)).content().tags()).extracting(Tag::name).containsExactly("Hygiene");
    }

    private Resource found(Guid guid) {
        return library.storage.resources().find(guid).orElseThrow();
    }

    @Test
    void a_preview_shows_what_a_changed_rule_would_take_and_saves_nothing() {
        rule(WATER);
        offerThree();
        sync();
        rule(EVERYTHING);

        offerNothingNew();
        assertThat(library.service
                        .preview(peer, SyncScope.CHANGES, SyncListener.NONE)
                        .log()
                        .tally())
                .isEqualTo(Library.tally().added(1));
        assertThat(library.storage.selections().counts(peer.id())).isEqualTo(new SelectionCounts(1, 0));

        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally().added(1));
    }

    @Test
    void a_preview_requests_nothing_that_a_changed_rule_leaves_out_and_the_peer_no_longer_lists() {
        Peer source = library.addPeer("Source", "https://source.example.org");
        library.script.lastPage(cursor(1), full(2, "x", tagged(2, "Two", "Air")));
        library.clock.tick();
        library.service.sync(source, SyncListener.NONE);
        offerThree();
        sync();
        rule(WATER);

        library.script.fetched.clear();
        library.clock.tick();
        library.script.lastPage(cursor(1), item(1, "a"), item(3, "a"));
        SyncReport preview = library.service.preview(peer, SyncScope.EVERY_DETAIL, SyncListener.NONE);
        List<String> foreseen = library.script.allFetched();
        library.script.lastPage(cursor(1), item(1, "a"), item(3, "a"));

        assertThat(run(SyncScope.EVERY_DETAIL)).isEqualTo(preview.log().tally());
        assertThat(foreseen).containsExactlyInAnyOrder("1", "3");
        assertThat(library.script.allFetched()).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void a_refused_resource_is_not_taken_until_the_refusal_is_revoked() {
        refuse(1);
        offerThree();
        assertThat(sync()).isEqualTo(Library.tally().added(2).leftOut(1));

        assertThat(library.storage.selections().revoke(guid(1))).isTrue();
        offerNothingNew();
        assertThat(sync()).isEqualTo(Library.tally().added(1));
        assertThat(library.script.allFetched()).containsExactly("1");
        assertThat(titles()).containsExactly("One", "Two", "Three");
    }

    @Test
    void a_resource_that_is_refused_after_it_was_taken_stays_as_it_is() {
        offerThree();
        sync();
        refuse(1);
        body(1, "One, changed", "Water");
        library.script.lastPage(cursor(2), item(1, "b"));

        assertThat(sync()).isEqualTo(Library.tally().leftOut(1));
        assertThat(titles()).containsExactly("One", "Two", "Three");
        assertThat(library.storage.selections().notFollowed(List.of(guid(1), guid(2))))
                .isEqualTo(Set.of(guid(1)));
    }

    @Test
    void a_refusal_that_is_revoked_during_a_run_no_longer_counts() {
        refuse(1);
        offerThree();
        library.script.body(1, () -> {
            library.storage.selections().revoke(guid(1));
            return new Fetched.Body(tagged(1, "One", "Water"));
        });

        assertThat(sync()).isEqualTo(Library.tally().added(3));
    }

    private void refuse(int number) {
        library.storage
                .selections()
                .refuse(new Refusal(guid(number), "One", EDITOR, library.clock.instant(), "Not for us"));
    }

    @Test
    void a_peer_that_takes_a_resource_succeeds_a_source_that_leaves_it_out() {
        offerThree();
        sync();
        Peer other =
                library.addPeer("Other", "https://other.example.org").withSelection(SelectionRule.parse("-tag:Air"));
        library.storage.peers().save(other);
        library.script.lastPage(
                cursor(1), full(2, "x", tagged(2, "Two", "Air")), full(1, "x", tagged(1, "One", "Water")));
        library.clock.tick();
        library.service.sync(other, SyncListener.NONE);
        assertThat(library.storage.harvest().successors(peer.id())).containsEntry(other.id(), 1L);

        rule(SelectionRule.parse("-tag:Water -tag:Air"));
        offerNothingNew();
        sync();
        body(1, "One", "Water");
        body(2, "Two", "Air");
        offerNothingNew();
        library.clock.tick();
        library.service.sync(other, SyncListener.NONE);

        assertThat(source(1)).isEqualTo(other.id().toString());
        assertThat(source(2)).isEqualTo(peer.id().toString());
    }

    private String source(int number) {
        return found(guid(number))
                .origin()
                .match(local -> "local", from -> from.peer().toString());
    }
}

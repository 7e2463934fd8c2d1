package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeDigest;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.peer.VersionDigest;

/**
 * Contract tests of {@link PeerClient}, for every kind of peer.
 *
 * <p>The test of an adapter is a subclass that implements the methods that control its peer. The peer has no resources
 * at the start of each test.
 */
public abstract class PeerClientContract extends PeerAccessContract {

    @Test
    void a_peer_without_resources_has_one_last_page() {
        try (PeerSession session = client().open(peer())) {
            ChangePage page = session.changes(null);

            assertThat(page.items()).isEmpty();
            assertThat(page.last()).isTrue();
            assertThat(page.total()).isBetween(-1, 0);
        }
    }

    @Test
    void the_pages_from_the_beginning_contain_every_resource() {
        Set<Guid> published = publish(8).keySet();

        PeerHarvest harvest = harvest(null);

        assertThat(harvest.contents().keySet()).isEqualTo(published);
        assertThat(harvest.pages()).isGreaterThan(1);
        assertThat(harvest.cursor()).isNotNull();
        assertThat(harvest.total()).isIn(-1, 8);
    }

    @Test
    void a_list_that_was_read_from_its_beginning_to_its_end_is_complete() {
        publish(8);

        assertThat(harvest(null).completeness()).isEqualTo(new Completeness.Complete());

        withdraw(publish(1).keySet().iterator().next());
        assertThat(harvest(null).completeness()).isEqualTo(new Completeness.Complete());
    }

    @Test
    void resources_have_the_content_that_the_peer_publishes() {
        Map<Guid, ResourceContent> published = publish(4);

        PeerHarvest harvest = harvest(null);

        published.forEach((guid, content) -> assertThat(harvest.contents().get(guid))
                .usingRecursiveComparison()
                .isEqualTo(carried(content)));
    }

    @Test
    void answers_come_in_the_order_of_the_items() {
        publish(8);
        try (PeerSession session = client().open(peer())) {
            List<ChangePage.Item> items = new ArrayList<>(all(session, null));
            Collections.reverse(items);
            items.add(items.get(0));

            List<ChangePage.Item> answered = new ArrayList<>();
            List<Fetched> answers = new ArrayList<>();

            session.fetch(items, (item, answer) -> {
                answered.add(item);
                answers.add(answer);
            });

            assertThat(answered).isEqualTo(items);
            assertThat(answers).hasSameSizeAs(items);
            for (int i = 0; i < items.size(); i++) {
                assertThat(((Fetched.Body) answers.get(i)).resource().guid())
                        .isEqualTo(items.get(i).guid());
            }
        }
    }

    @Test
    void answers_that_arrive_out_of_order_are_delivered_in_the_order_of_the_items() {
        publish(6);
        try (PeerSession session = client().open(peer())) {
            List<ChangePage.Item> items = all(session, null);
            answerLast(Objects.requireNonNull(items.get(0).guid()), items.size() - 1);

            List<Guid> asked = new ArrayList<>();
            List<Guid> answered = new ArrayList<>();
            session.fetch(items, (item, answer) -> {
                asked.add(item.guid());
                answered.add(((Fetched.Body) answer).resource().guid());
            });

            assertThat(asked)
                    .containsExactlyElementsOf(
                            items.stream().map(ChangePage.Item::guid).toList());
            assertThat(answered).isEqualTo(asked);
        }
    }

    @Test
    void fetching_no_items_gives_no_answers() {
        try (PeerSession session = client().open(peer())) {
            assertThat(fetch(session, List.of())).isEmpty();
        }
    }

    @Test
    void resources_that_share_an_update_date_are_all_listed() {
        Map<Guid, ResourceContent> together = new HashMap<>();
        IntStream.range(0, 10).forEach(i -> together.put(Guid.random(), content("together " + i)));
        Guid before = Guid.random();
        publish(before, content("before"));
        publishTogether(together);
        Guid after = Guid.random();
        publish(after, content("after"));

        assertThat(harvest(null).contents().keySet())
                .containsAll(together.keySet())
                .contains(before, after);
    }

    @Test
    void resources_added_after_a_cursor_are_read_from_it() {
        publish(7);
        Cursor cursor = harvest(null).cursor();
        Guid fresh = Guid.random();
        publish(fresh, content("fresh"));

        assertThat(harvest(cursor).contents()).containsKey(fresh);
    }

    @Test
    void a_resource_changed_after_a_cursor_has_a_new_version_and_content() {
        Guid guid = publish(7).keySet().iterator().next();
        PeerHarvest before = harvest(null);
        change(guid, content("changed"));

        PeerHarvest after = harvest(before.cursor());

        assertThat(after.versions().get(guid))
                .isNotNull()
                .isNotEqualTo(before.versions().get(guid));
        assertThat(after.contents().get(guid)).isEqualTo(carried(content("changed")));
    }

    @Test
    void an_unchanged_resource_keeps_its_version() {
        publish(7);
        PeerHarvest first = harvest(null);

        assertThat(first.versions())
                .containsAllEntriesOf(harvest(first.cursor()).versions());
        assertThat(harvest(null).versions()).isEqualTo(first.versions());
    }

    @Test
    void a_later_session_continues_where_an_earlier_one_stopped() {
        Set<Guid> published = publish(8).keySet();
        ChangePage first;
        try (PeerSession session = client().open(peer())) {
            first = session.changes(null);
        }

        PeerHarvest rest = harvest(first.next());

        List<Guid> all = new ArrayList<>(rest.contents().keySet());
        first.items().forEach(item -> all.add(item.guid()));
        assertThat(first.last()).isFalse();
        assertThat(all).containsAll(published);
    }

    @Test
    void changes_made_while_pages_are_read_are_not_missed() {
        List<Guid> published = List.copyOf(publish(9).keySet());
        Map<Guid, ResourceContent> contents = new HashMap<>();
        try (PeerSession session = client().open(peer())) {
            ChangePage page = session.changes(null);
            Guid read = Objects.requireNonNull(page.items().get(0).guid());
            Guid unread = published.get(published.size() - 1).equals(read)
                    ? published.get(0)
                    : published.get(published.size() - 1);
            change(read, content("changed after it was read"));
            change(unread, content("changed before it was read"));
            PeerHarvest.fetchInto(contents, session, page.items());
            while (!page.last()) {
                page = session.changes(page.next());
                PeerHarvest.fetchInto(contents, session, page.items());
            }
            assertThat(contents.keySet()).containsAll(published);
            if (!listsChangesWhileReading()) {
                contents.putAll(harvest(page.next()).contents());
            }
            assertThat(contents.get(read)).isEqualTo(carried(content("changed after it was read")));
            assertThat(contents.get(unread)).isEqualTo(carried(content("changed before it was read")));
        }
    }

    @Test
    void a_resource_that_was_removed_after_it_was_listed_is_answered_as_gone() {
        Guid guid = publish(1).keySet().iterator().next();
        try (PeerSession session = client().open(peer())) {
            ChangePage.Item listed = all(session, null).get(0);
            withdraw(guid);

            List<Fetched> answers = fetch(
                    session, List.of(new ChangePage.Item(listed.remoteId(), listed.guid(), listed.version(), null)));

            if (isSnapshot()) {
                assertThat(answers).singleElement().isInstanceOf(Fetched.Body.class);
            } else {
                assertThat(answers).containsExactly(new Fetched.Gone());
            }
        }
    }

    @Test
    void a_resource_that_is_not_shown_is_not_listed() {
        List<Guid> published = List.copyOf(publish(5).keySet());
        withdraw(published.get(2));

        assertThat(harvest(null).contents().keySet())
                .containsExactlyInAnyOrder(published.get(0), published.get(1), published.get(3), published.get(4));
    }

    @Test
    void a_resource_that_is_no_longer_shown_after_a_cursor_is_deleted_if_the_peer_keeps_a_log() {
        List<Guid> published = List.copyOf(publish(9).keySet());
        Cursor cursor = harvest(null).cursor();
        Set<Guid> withdrawn = Set.copyOf(published.subList(0, 5));
        withdrawn.forEach(this::withdraw);

        PeerHarvest after = harvest(cursor);

        // A deletion may also name resources that the peer never offered.
        assertThat(offered(published, after)).isEqualTo(keepsDeletions() ? withdrawn : Set.of());
        assertThat(after.contents().keySet()).doesNotContainAnyElementsOf(withdrawn);
        assertThat(after.completeness()).isEqualTo(new Completeness.Complete());
        Set<Guid> repeated = offered(published, harvest(after.cursor()));
        if (repeatsLatestDeletions()) {
            assertThat(withdrawn).containsAll(repeated);
        } else {
            assertThat(repeated).isEmpty();
        }
    }

    private static Set<Guid> offered(List<Guid> published, PeerHarvest harvest) {
        return harvest.deleted().stream().filter(published::contains).collect(Collectors.toSet());
    }

    @Test
    void a_deletion_does_not_take_the_place_of_a_resource_in_the_count() {
        List<Guid> published = List.copyOf(publish(8).keySet());
        published.subList(2, 6).forEach(this::withdraw);

        PeerHarvest all = harvest(null);

        assertThat(all.contents().keySet()).hasSize(4);
        assertThat(all.completeness()).isEqualTo(new Completeness.Complete());
    }

    @Test
    void digests_cover_what_the_pages_list() {
        List<Guid> published = List.copyOf(publish(40).keySet());
        published.subList(0, 3).forEach(this::withdraw);
        change(published.get(4), content("changed"));
        try (PeerSession session = client().open(peer())) {
            List<ChangePage.Item> listed = all(session, null);
            Map<Guid, String> versions = new HashMap<>();
            listed.forEach(item -> versions.put(item.guid(), item.remoteId() + " " + item.version()));

            Optional<Map<Guid, String>> summarized = rows(session, List.of(GuidRange.ALL), 2);

            assertThat(summarized).isEqualTo(answersDigests() ? Optional.of(versions) : Optional.empty());
        }
    }

    /** Returns all rows in the ranges, by requests for ever smaller parts, and checks the digests of these parts. */
    private static Optional<Map<Guid, String>> rows(PeerSession session, List<GuidRange> ranges, int parts) {
        Optional<List<RangeSummary>> summaries = session.summaries(ranges, parts);
        if (summaries.isEmpty()) {
            return Optional.empty();
        }
        assertThat(summaries.get()).hasSameSizeAs(ranges);
        Map<Guid, String> rows = new HashMap<>();
        for (RangeSummary summary : summaries.get()) {
            summary.match(
                    divided -> {
                        divided.parts().forEach(part -> rows.putAll(ofPart(session, part, parts)));
                        return rows;
                    },
                    listed -> {
                        listed.rows().forEach(row -> rows.put(row.guid(), row.remoteId() + " " + row.version()));
                        return rows;
                    });
        }
        return Optional.of(rows);
    }

    private static Map<Guid, String> ofPart(PeerSession session, RangeDigest part, int parts) {
        Map<Guid, String> rows = rows(session, List.of(part.range()), parts).orElseThrow();
        VersionDigest digest = new VersionDigest();
        rows.forEach((guid, row) -> digest.add(guid, row.substring(row.indexOf(' ') + 1)));
        assertThat(digest.of(part.range())).isEqualTo(part);
        return rows;
    }

    /** Returns whether the peer answers requests for digests. By default, it does not. */
    protected boolean answersDigests() {
        return false;
    }

    @Test
    void requests_are_counted() {
        publish(4);
        try (PeerSession session = client().open(peer())) {
            assertThat(session.requests()).isZero();
            ChangePage page = session.changes(null);
            assertThat(session.requests()).isPositive();
            session.changes(page.next());

            // A client may have requested the second page before it was asked for it.
            assertThat(session.requests()).isGreaterThanOrEqualTo(2);
        }
    }

    private static List<ChangePage.Item> all(PeerSession session, @Nullable Cursor from) {
        ChangePage page = session.changes(from);
        List<ChangePage.Item> items = new ArrayList<>(page.items());
        while (!page.last()) {
            page = session.changes(page.next());
            items.addAll(page.items());
        }
        return items;
    }

    private PeerHarvest harvest(@Nullable Cursor from) {
        return PeerHarvest.of(client(), peer(), from);
    }
}

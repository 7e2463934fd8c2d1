package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Neighbours;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.storage.Source;
import org.librarypeers.sync.storage.SyncStorage;
import org.librarypeers.sync.storage.Withdrawal;

/** Contract tests of {@link org.librarypeers.sync.storage.ReviewQueue}. */
@Timeout(60)
abstract class InboxContract extends WaitingOfferContract<SyncStorage> {

    @Test
    void nothing_waits_in_an_empty_library() {
        assertThat(counts(InboxFilter.ALL))
                .isEqualTo(Map.of(Kind.PENDING, 0L, Kind.CHANGED_UPSTREAM, 0L, Kind.WITHDRAWN, 0L));
        for (Kind kind : Kind.values()) {
            assertThat(inbox(kind, InboxFilter.ALL)).isEmpty();
        }
    }

    @Test
    void each_kind_agrees_with_the_other_ports_and_is_ordered_by_guid() {
        Guid local = saved(Samples.local("Pending here")).guid();
        Guid pending = saved(sent(peer, "Pending")).guid();
        Guid approved = changed(saved(sent(peer, "Approved").approve(Samples.NOON)));
        Guid rejected = changed(saved(sent(other, "Rejected").reject(Samples.NOON)));
        Guid archived =
                changed(saved(sent(peer, "Archived").approve(Samples.NOON).archive(Samples.NOON)));
        Guid read = changed(saved(sent(peer, "Read again").approve(Samples.NOON)));
        storage.resources().save(found(read).approve(Samples.NOON));
        storage.resources().save(found(read).edit(Samples.titled("Edited once read"), Samples.AMINA, Samples.NOON));
        Guid edited = changed(saved(sent(peer, "Edited unread").approve(Samples.NOON)));
        storage.resources().save(found(edited).edit(Samples.titled("Mine"), Samples.AMINA, Samples.NOON));
        withdraw(peer, Set.of(pending, approved, archived, read, local), Set.of());
        withdraw(other, Set.of(edited), Set.of());
        storage.harvest().reviewed(List.of(read));

        assertThat(inbox(Kind.PENDING, InboxFilter.ALL)).isSorted().containsExactlyInAnyOrder(local, pending);
        assertThat(inbox(Kind.CHANGED_UPSTREAM, InboxFilter.ALL))
                .isSorted()
                .containsExactlyInAnyOrder(approved, rejected, edited)
                .isEqualTo(storage.resources().changedUpstream(null, 10).stream()
                        .map(Resource::guid)
                        .toList());
        assertThat(inbox(Kind.WITHDRAWN, InboxFilter.ALL))
                .isSorted()
                .containsExactlyInAnyOrder(pending, approved, archived)
                .isEqualTo(storage.harvest().withdrawals(null, 10).stream()
                        .map(Withdrawal::resource)
                        .toList());
        assertThat(counts(InboxFilter.ALL))
                .isEqualTo(Map.of(Kind.PENDING, 2L, Kind.CHANGED_UPSTREAM, 3L, Kind.WITHDRAWN, 3L));
    }

    @Test
    void the_oldest_waiting_resource_tells_how_long_reviews_take() {
        assertThat(storage.reviewQueue().waitingSince()).isEmpty();
        Guid approved = saved(sent(peer, "Approved").approve(Samples.NOON)).guid();
        assertThat(storage.reviewQueue().waitingSince()).isEmpty();

        withdraw(peer, Set.of(approved), Set.of());
        Instant withdrawn = storage.harvest().withdrawals(null, 1).get(0).since();
        assertThat(storage.reviewQueue().waitingSince()).contains(withdrawn);
        withdraw(peer, Set.of(), Set.of(approved));
        assertThat(storage.reviewQueue().waitingSince()).isEmpty();

        changed(found(approved));
        assertThat(storage.reviewQueue().waitingSince())
                .contains(found(approved).toReview().at());

        Instant early = Samples.NOON.minus(3, ChronoUnit.DAYS);
        storage.resources()
                .save(List.of(Resource.create(Guid.random(), Samples.titled("Pending"), Samples.AMINA, early)));
        assertThat(storage.reviewQueue().waitingSince()).contains(early);
    }

    @Test
    void waiting_resources_come_in_pages() {
        List<Guid> all = new ArrayList<>();
        all.add(Guid.of("00000000-0000-0000-0000-000000000000"));
        all.add(Guid.of("7fffffff-ffff-ffff-ffff-ffffffffffff"));
        all.add(Guid.of("80000000-0000-0000-0000-000000000000"));
        all.add(Guid.of("ffffffff-ffff-ffff-ffff-ffffffffffff"));
        // Deliberately not in GUID order.
        for (int i : new int[] {2, 0, 3, 1}) {
            saved(received(peer, all.get(i), Samples.titled("Sent")));
        }
        withdraw(peer, Set.copyOf(all), Set.of());
        assertComeInPages(List.of(Kind.PENDING, Kind.WITHDRAWN), all);

        for (int i : new int[] {1, 3, 0, 2}) {
            changed(saved(found(all.get(i)).approve(Samples.NOON)));
        }
        assertComeInPages(List.of(Kind.CHANGED_UPSTREAM, Kind.WITHDRAWN), all);
    }

    private void assertComeInPages(List<Kind> kinds, List<Guid> all) {
        for (Kind kind : kinds) {
            assertThat(storage.reviewQueue().page(kind, InboxFilter.ALL, null, 2))
                    .isEqualTo(all.subList(0, 2));
            assertThat(storage.reviewQueue().page(kind, InboxFilter.ALL, all.get(0), 2))
                    .isEqualTo(all.subList(1, 3));
            assertThat(storage.reviewQueue().page(kind, InboxFilter.ALL, all.get(2), Integer.MAX_VALUE))
                    .isEqualTo(all.subList(3, 4));
            assertThat(storage.reviewQueue().page(kind, InboxFilter.ALL, all.get(3), 2))
                    .isEmpty();
            assertThat(storage.reviewQueue().next(kind, InboxFilter.ALL, null)).contains(all.get(0));
            assertThat(storage.reviewQueue().next(kind, InboxFilter.ALL, all.get(2)))
                    .contains(all.get(3));
            assertThat(storage.reviewQueue().next(kind, InboxFilter.ALL, all.get(all.size() - 1)))
                    .isEmpty();
            assertThat(storage.reviewQueue().around(kind, InboxFilter.ALL, all.get(2)))
                    .isEqualTo(new Neighbours(all.get(1), all.get(3)));
            assertThat(storage.reviewQueue().around(kind, InboxFilter.ALL, all.get(0)))
                    .isEqualTo(new Neighbours(null, all.get(1)));
            assertThat(storage.reviewQueue().around(kind, InboxFilter.ALL, all.get(3)))
                    .isEqualTo(new Neighbours(all.get(2), null));
            assertThat(storage.reviewQueue().pageBefore(kind, InboxFilter.ALL, all.get(3), 2))
                    .isEqualTo(all.subList(1, 3));
            assertThat(storage.reviewQueue().pageBefore(kind, InboxFilter.ALL, all.get(1), Integer.MAX_VALUE))
                    .isEqualTo(all.subList(0, 1));
            assertThat(storage.reviewQueue().pageBefore(kind, InboxFilter.ALL, all.get(0), 2))
                    .isEmpty();
        }
    }

    @Test
    void waiting_resources_are_filtered_by_source_and_language() {
        ResourceContent content =
                ResourceContent.titled(LocalizedText.of("ar", "مياه آمنة")).build();
        Guid ours = saved(Samples.local(content)).guid();
        Guid theirs = saved(received(peer, Guid.random(), content)).guid();
        Guid plain = saved(sent(peer, "Plain")).guid();
        Guid elsewhere = saved(sent(other, "Elsewhere")).guid();
        Guid changed = changed(saved(received(other, Guid.random(), content).approve(Samples.NOON)));
        withdraw(peer, Set.of(theirs), Set.of());

        assertWaits(new InboxFilter(new Source.Followed(peer.id()), null, null), List.of(theirs, plain), 0, 1);
        assertWaits(new InboxFilter(new Source.Followed(other.id()), null, null), List.of(elsewhere), 1, 0);
        assertWaits(new InboxFilter(new Source.Here(), null, null), List.of(ours), 0, 0);
        assertWaits(
                new InboxFilter(new Source.Maker("https://orb.example.org"), null, null),
                List.of(theirs, plain, elsewhere),
                1,
                1);
        assertWaits(new InboxFilter(null, null, "ar"), List.of(ours, theirs), 0, 1);
        assertWaits(new InboxFilter(null, null, "en"), List.of(plain, elsewhere), 1, 0);
        assertWaits(new InboxFilter(null, null, "a\u0000'"), List.of(), 0, 0);
        assertThat(inbox(Kind.CHANGED_UPSTREAM, new InboxFilter(null, null, "en")))
                .containsExactly(changed);
    }

    @Test
    void waiting_resources_come_in_pages_in_each_order() {
        Guid first = saved(Resource.create(
                        Guid.random(), Samples.titled("Cholera"), Samples.AMINA, Samples.NOON.plusSeconds(30)))
                .guid();
        Guid second = saved(Resource.create(
                        Guid.random(), Samples.titled("Anaemia"), Samples.AMINA, Samples.NOON.plusSeconds(20)))
                .guid();
        Guid third = saved(Samples.adopted(
                        Samples.incoming(Guid.random(), Samples.titled("Dengue")),
                        new Delivery(peer, storage.syncLogs().nextId(), storage.id(), Samples.NOON.plusSeconds(25))))
                .guid();
        Guid fourth = saved(Samples.adopted(
                        Samples.incoming(Guid.random(), Samples.titled("Burns \uD83D\uDD25")),
                        new Delivery(other, storage.syncLogs().nextId(), storage.id(), Samples.NOON.plusSeconds(40))))
                .guid();

        assertOrder(Kind.PENDING, InboxOrder.NEWEST, List.of(fourth, first, third, second));
        assertOrder(Kind.PENDING, InboxOrder.TITLE, List.of(second, fourth, first, third));
        assertThat(storage.reviewQueue().page(Kind.PENDING, InboxFilter.ALL, InboxOrder.SOURCE, null, 2))
                .containsExactly(third, fourth);
        assertOrder(
                Kind.PENDING,
                InboxOrder.SOURCE,
                storage.reviewQueue().page(Kind.PENDING, InboxFilter.ALL, InboxOrder.SOURCE, null, 9));

        storage.resources().save(found(first).approve(Samples.NOON.plusSeconds(50)));
        assertThat(storage.reviewQueue().page(Kind.PENDING, InboxFilter.ALL, InboxOrder.NEWEST, first, 9))
                .as("continues after a resource that no longer waits")
                .containsExactly(third, second);
        assertThat(storage.reviewQueue().page(Kind.PENDING, InboxFilter.ALL, InboxOrder.NEWEST, Guid.random(), 9))
                .isEmpty();
    }

    private void assertOrder(Kind kind, InboxOrder order, List<Guid> all) {
        ReviewQueue queue = storage.reviewQueue();
        assertThat(queue.page(kind, InboxFilter.ALL, order, null, 3)).isEqualTo(all.subList(0, 3));
        assertThat(queue.page(kind, InboxFilter.ALL, order, all.get(1), 9)).isEqualTo(all.subList(2, all.size()));
        assertThat(queue.pageBefore(kind, InboxFilter.ALL, order, all.get(3), 2))
                .isEqualTo(all.subList(1, 3));
        assertThat(queue.around(kind, InboxFilter.ALL, order, all.get(1)))
                .isEqualTo(new Neighbours(all.get(0), all.get(2)));
        assertThat(queue.around(kind, InboxFilter.ALL, order, all.get(0))).isEqualTo(new Neighbours(null, all.get(1)));
    }

    @Test
    void waiting_resources_are_filtered_by_the_words_of_their_texts() {
        ResourceContent hostile = ResourceContent.titled(
                        LocalizedText.of("en", "Safe \"water\" 100%_\\").with("ar", "مياه آمنة"))
                .description(LocalizedText.of("fr", "<p>Le cholera</p>"))
                .build();
        Guid water = saved(received(peer, Guid.random(), hostile)).guid();
        saved(sent(other, "Malaria"));
        Guid changed = saved(sent(peer, "Approved").approve(Samples.NOON)).guid();
        storage.resources()
                .save(((Received.Updated) found(changed)
                                .receive(
                                        Samples.incoming(changed, Samples.titled("Hand washing")),
                                        new Delivery(
                                                peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING),
                                                storage.syncLogs().nextId(),
                                                storage.id(),
                                                Samples.NOON)))
                        .resource());

        for (String text : List.of("WATER", "choler safe", "مياه", "\"water\"", "100%_\\", "  ate \n\tLe ")) {
            assertThat(inbox(Kind.PENDING, about(text))).as(text).containsExactly(water);
            assertThat(counts(about(text))).containsEntry(Kind.PENDING, 1L).containsEntry(Kind.CHANGED_UPSTREAM, 0L);
        }
        for (String text : List.of("safe malaria", "__", "%%", "en", "a\u0000'")) {
            assertThat(inbox(Kind.PENDING, about(text))).as(text).isEmpty();
        }
        assertThat(inbox(Kind.PENDING, about(" "))).hasSize(2);
        assertThat(inbox(Kind.CHANGED_UPSTREAM, about("washing"))).containsExactly(changed);
        assertThat(inbox(Kind.CHANGED_UPSTREAM, about("approved"))).containsExactly(changed);
    }

    private static InboxFilter about(String text) {
        return new InboxFilter(null, null, null, text);
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.Deletion.Reason;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.curation.DuplicateRepository.Redirect;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.PeerLease;

/** Contract tests of the deletions in {@link org.librarypeers.sync.catalogue.Catalogue}. */
@Timeout(60)
abstract class DeletionContract extends OfferContract<LibraryStorage> {

    private static final Instant LATER = Samples.NOON.plusSeconds(60);

    private Resource approved(String title) {
        return saved(Samples.local(title).approve(Samples.NOON));
    }

    private List<FeedPage> pages(long after, int limit) {
        List<FeedPage> pages = new ArrayList<>();
        long position = after;
        FeedPage page;
        do {
            page = storage.catalogue().feed(position, limit);
            assertThat(page.changes().size() + page.deletions().size()).isLessThanOrEqualTo(limit);
            position = page.position();
            pages.add(page);
        } while (!page.last());
        return pages;
    }

    private List<Deletion> deletions() {
        return storage.catalogue().feed(0, 100).deletions();
    }

    @Test
    void a_resource_that_is_no_longer_served_is_in_the_feed_with_its_time_and_reason() {
        Guid archived = saved(approved("Archived").archive(LATER)).guid();
        Guid rejected = saved(approved("Rejected").reject(LATER.plusSeconds(1))).guid();
        Guid submitted =
                saved(approved("Submitted").submit(LATER.plusSeconds(2))).guid();

        assertThat(deletions())
                .extracting(Deletion::guid, Deletion::at, Deletion::reason, Deletion::redirect)
                .containsExactly(
                        tuple(archived, LATER, Reason.ARCHIVED, null),
                        tuple(rejected, LATER.plusSeconds(1), Reason.REJECTED, null),
                        tuple(submitted, LATER.plusSeconds(2), Reason.UNPUBLISHED, null));
        assertThat(storage.catalogue().deletion(rejected)).contains(deletions().get(1));
    }

    @Test
    void a_resource_that_was_never_served_is_not_in_the_feed() {
        saved(Samples.local("Pending"));
        saved(Samples.local("Rejected").reject(Samples.NOON));
        Resource both = Samples.local("Approved and archived in one transaction");
        storage.inTransaction(() -> {
            storage.resources().save(both.approve(Samples.NOON));
            storage.resources().save(found(both.guid()).archive(LATER));
        });

        assertThat(deletions()).isEmpty();
        assertThat(storage.catalogue().deletion(both.guid())).isEmpty();
        assertThat(storage.catalogue().feed(0, 100)).isEqualTo(new FeedPage(List.of(), List.of(), 0, true));
    }

    @Test
    void a_resource_that_is_served_again_is_a_change_at_a_higher_position() {
        Resource archived = saved(approved("Back").archive(LATER));
        long position = deletions().get(0).position();

        saved(archived.approve(LATER.plusSeconds(1)));

        FeedPage page = storage.catalogue().feed(0, 100);
        assertThat(page.deletions()).isEmpty();
        assertThat(page.changes())
                .singleElement()
                .satisfies(entry -> assertThat(entry.position()).isGreaterThan(position));
        assertThat(storage.catalogue().deletion(archived.guid())).isEmpty();

        saved(found(archived.guid()).archive(LATER.plusSeconds(2)));
        assertThat(deletions()).singleElement().satisfies(again -> {
            assertThat(again.position()).isGreaterThan(page.position());
            assertThat(again.at()).isEqualTo(LATER.plusSeconds(2));
        });
    }

    @Test
    void a_resource_that_ends_as_it_was_before_the_transaction_has_not_changed_its_deletion() {
        Resource served = approved("Served");
        Resource deleted = saved(approved("Deleted").archive(LATER));
        List<Deletion> before = deletions();

        storage.inTransaction(() -> {
            storage.resources().save(served.archive(LATER));
            storage.resources().save(found(served.guid()).approve(LATER));
            storage.resources().save(deleted.approve(LATER));
            storage.resources().save(found(deleted.guid()).archive(LATER));
        });

        assertThat(deletions()).isEqualTo(before).hasSize(1);
        saved(found(deleted.guid()).edit(Samples.titled("Another text"), Samples.AMINA, LATER.plusSeconds(9)));
        assertThat(deletions()).isEqualTo(before);
    }

    @Test
    void a_transaction_that_fails_deletes_nothing() {
        Resource served = approved("Served");

        try {
            storage.inTransaction(() -> {
                storage.resources().save(served.archive(LATER));
                throw new IllegalStateException("meant");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("meant");
        }
        saved(Samples.local("Another"));

        assertThat(deletions()).isEmpty();
    }

    @Test
    void what_was_archived_because_its_source_withdrew_it_says_so() {
        Peer peer = savedPeer("https://c.example.org");
        Guid withdrawn = adopted("Withdrawn", peer);
        Guid archived = adopted("Archived", peer);
        saved(found(withdrawn).approve(Samples.NOON));
        saved(found(archived).approve(Samples.NOON));

        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            storage.inTransaction(() -> {
                storage.resources().save(found(withdrawn).archive(LATER));
                storage.harvest().withdraw(lease, Set.of(withdrawn), Set.of(), LATER);
            });
        }
        saved(found(archived).archive(LATER));

        assertThat(deletions())
                .extracting(Deletion::guid, Deletion::reason)
                .containsExactly(tuple(withdrawn, Reason.WITHDRAWN), tuple(archived, Reason.ARCHIVED));
    }

    @Test
    void a_redirect_is_told_as_long_as_its_target_is_served() {
        Resource target = approved("Target");
        Guid from = saved(approved("Merged").archive(LATER)).guid();
        storage.duplicates().redirect(new Redirect(from, target.guid(), Samples.AMINA, LATER));

        assertThat(deletions())
                .extracting(Deletion::reason, Deletion::redirect)
                .containsExactly(tuple(Reason.MERGED, target.guid()));

        saved(target.archive(LATER));
        assertThat(storage.catalogue().deletion(from).orElseThrow())
                .extracting(Deletion::reason, Deletion::redirect)
                .containsExactly(Reason.ARCHIVED, null);

        saved(found(target.guid()).approve(LATER));
        storage.duplicates().removeRedirect(from);
        assertThat(deletions()).extracting(Deletion::reason).containsExactly(Reason.ARCHIVED);
    }

    @Test
    void the_pages_of_the_feed_have_changes_and_deletions_in_one_order() {
        List<Guid> inOrder = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Resource deleted = approved("Deleted " + i);
            inOrder.add(approved("Served " + i).guid());
            inOrder.add(saved(deleted.archive(LATER)).guid());
        }

        for (int limit : List.of(1, 2, 3, 10, 11, Integer.MAX_VALUE - 1)) {
            List<FeedPage> pages = pages(0, limit);
            List<Guid> read = pages.stream().flatMap(DeletionContract::guids).toList();
            assertThat(read).as("pages of " + limit).isEqualTo(inOrder);
            assertThat(pages).extracting(FeedPage::position).isSorted();
        }
        FeedPage last = storage.catalogue().feed(0, 10);
        assertThat(last.last()).isFalse();
        assertThat(storage.catalogue().feed(last.position(), 10))
                .isEqualTo(new FeedPage(List.of(), List.of(), last.position(), true));
    }

    /** Returns the GUIDs of a page by their positions. */
    private static Stream<Guid> guids(FeedPage page) {
        record At(long position, Guid guid) {}
        return Stream.concat(
                        page.changes().stream()
                                .map(entry -> new At(
                                        entry.position(), entry.resource().guid())),
                        page.deletions().stream().map(deletion -> new At(deletion.position(), deletion.guid())))
                .sorted((one, other) -> Long.compare(one.position(), other.position()))
                .map(At::guid);
    }

    @Test
    void the_entries_of_the_feed_are_complete() {
        Resource resource = saved(Samples.local(Samples.hostile()).approve(Samples.NOON));
        saved(approved("Deleted").archive(LATER));

        CatalogueEntry entry = storage.catalogue().feed(0, 10).changes().get(0);

        CatalogueEntry change = storage.catalogue().changes(0, 10).get(0);
        assertSame(entry.resource(), resource);
        assertThat(entry.id()).isEqualTo(change.id());
        assertThat(entry.position()).isEqualTo(change.position());
        assertThat(entry.creator()).isEqualTo(change.creator());
        assertThat(entry.taggings()).isEqualTo(change.taggings()).isNotEmpty();
        assertThat(entry.attachments()).isEqualTo(change.attachments()).isNotEmpty();
    }

    @Test
    void deletions_are_found_by_their_times_page_by_page() {
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            // Two each at the same time.
            guids.add(saved(approved("Deleted " + i).archive(LATER.plusSeconds(i / 2)))
                    .guid());
        }

        List<Deletion> read = new ArrayList<>();
        List<Deletion> page = storage.catalogue().deletions(Instant.EPOCH, null, 2);
        while (!page.isEmpty()) {
            read.addAll(page);
            page = storage.catalogue().deletions(Instant.EPOCH, page.get(page.size() - 1), 2);
        }

        assertThat(read).extracting(Deletion::guid).containsExactlyInAnyOrderElementsOf(guids);
        assertThat(read).extracting(Deletion::at).isSorted();
        assertThat(storage.catalogue().deletions(LATER.plusSeconds(1), null, 10))
                .isEqualTo(read.subList(2, 6));
        assertThat(storage.catalogue().deletions(LATER.plusSeconds(2), read.get(0), 10))
                .isEqualTo(read.subList(4, 6));
        assertThat(storage.catalogue().deletions(LATER.plusSeconds(3), null, 10))
                .isEmpty();
    }
}

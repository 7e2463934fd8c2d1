package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueEntry.Tagging;

/** Contract tests of {@link org.librarypeers.sync.catalogue.Catalogue}. */
@Timeout(60)
abstract class CatalogueContract extends LibraryContract {

    private static final Instant LATER = Samples.NOON.plusSeconds(3_600);

    @Test
    void an_entry_is_found_by_its_number_whatever_its_status() {
        CatalogueEntry approved = approved(Samples.local(Samples.hostile()));
        storage.resources().save(approved.resource().reject(LATER));

        CatalogueEntry found = storage.catalogue().find(approved.id()).orElseThrow();

        assertThat(found.id()).isEqualTo(approved.id());
        assertSame(found.resource(), approved.resource().reject(LATER));
        assertThat(storage.catalogue().find(approved.id() + 1_000_000)).isEmpty();
        assertThat(storage.catalogue().find(0)).isEmpty();
        assertThat(storage.catalogue().find(approved.resource().guid()).map(CatalogueEntry::id))
                .contains(approved.id());
        assertThat(storage.catalogue().find(Guid.random())).isEmpty();
    }

    @Test
    void several_entries_are_found_in_the_order_of_their_guids_as_given() {
        List<CatalogueEntry> all = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            all.add(approved(Samples.local(Samples.hostile())));
        }
        List<Guid> guids = all.stream().map(entry -> entry.resource().guid()).toList();
        List<Guid> wanted = List.of(guids.get(3), Guid.random(), guids.get(0), guids.get(4));

        List<CatalogueEntry> found = storage.catalogue().find(wanted);

        assertThat(found)
                .extracting(CatalogueEntry::id)
                .containsExactly(all.get(3).id(), all.get(0).id(), all.get(4).id());
        assertSame(found.get(0).resource(), all.get(3).resource());
        assertThat(found.get(0).taggings()).isEqualTo(all.get(3).taggings()).isNotEmpty();
        assertThat(storage.catalogue().find(List.<Guid>of())).isEmpty();
    }

    @Test
    void every_attachment_and_tagging_has_a_number() {
        CatalogueEntry entry = approved(Samples.local(Samples.hostile()));
        ResourceContent content = entry.resource().content();

        assertThat(entry.id()).isPositive();
        assertThat(content.attachments().stream().map(entry::numberOf))
                .hasSameSizeAs(content.attachments())
                .allSatisfy(number -> assertThat(number).isPositive())
                .doesNotHaveDuplicates();
        assertThat(entry.taggings()).hasSameSizeAs(content.tags());
        assertThat(entry.taggings()).extracting(Tagging::id).doesNotHaveDuplicates();
        assertThat(entry.taggings()).extracting(Tagging::tag).doesNotHaveDuplicates();
        assertThat(entry.taggings()).extracting(Tagging::created).containsOnly(Samples.NOON);
    }

    private static List<Long> numbers(CatalogueEntry entry, AttachmentKind kind) {
        return entry.resource().content().attachments(kind).stream()
                .map(entry::numberOf)
                .toList();
    }

    @Test
    void what_stays_keeps_its_number() {
        CatalogueEntry before = approved(Samples.local(Samples.hostile()));
        ResourceContent content = before.resource().content();
        Attachment kept = content.attachments(AttachmentKind.LINK).get(3);
        Attachment moved = SampleAttachment.like(kept, "https://example.org/moved")
                .order(-5)
                .size(1)
                .build();
        ResourceContent changed = Samples.titled("Changed").toBuilder()
                .attachments(List.of(
                        moved,
                        Samples.link("https://example.org/new", 0),
                        content.attachments(AttachmentKind.LINK).get(0),
                        content.attachments(AttachmentKind.FILE).get(1)))
                .tags(List.of(Tag.of("Topic", "New"), content.tags().get(2)))
                .build();

        storage.resources().save(before.resource().edit(changed, Samples.AMINA, LATER));

        CatalogueEntry after = entry(before.resource().guid());
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.resource().content()).isEqualTo(changed);
        List<Long> linksBefore = numbers(before, AttachmentKind.LINK);
        List<Long> linksAfter = numbers(after, AttachmentKind.LINK);
        assertThat(linksAfter.get(0)).isEqualTo(linksBefore.get(0));
        assertThat(linksAfter.get(1)).isEqualTo(linksBefore.get(3));
        assertThat(linksAfter.get(2)).isNotIn(before.attachments().values());
        assertThat(numbers(after, AttachmentKind.FILE))
                .containsExactly(numbers(before, AttachmentKind.FILE).get(1));
        assertThat(after.taggings().get(0).created()).isEqualTo(LATER);
        assertThat(after.taggings().get(0).id())
                .isNotIn(before.taggings().stream().map(Tagging::id).toList());
        assertThat(after.taggings().get(1)).isEqualTo(before.taggings().get(2));
    }

    @Test
    void a_tag_has_one_number_and_each_tagging_its_own() {
        ResourceContent content = Samples.titled("Tagged").toBuilder()
                .tags(List.of(Tag.of("Topic", "Water")))
                .build();

        Tagging first = approved(Samples.local(content)).taggings().get(0);
        Tagging second = approved(Samples.local(content)).taggings().get(0);

        assertThat(second.tag()).isEqualTo(first.tag());
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void changes_are_the_approved_ones_page_by_page_in_the_order_of_their_positions() {
        List<Guid> approved = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            approved.add(approved(Samples.local("Approved " + i)).resource().guid());
            saved(Samples.local("Pending " + i));
        }

        List<CatalogueEntry> read = changesFrom(0, 3);

        assertThat(read).extracting(entry -> entry.resource().guid()).containsExactlyElementsOf(approved);
        assertThat(read).extracting(CatalogueEntry::position).isSorted().doesNotHaveDuplicates();
        assertThat(read.get(0).position()).isPositive();
        assertThat(changesFrom(read.get(6).position(), 3)).isEmpty();
    }

    @Test
    void what_changes_turns_up_behind_all_that_was_read() {
        CatalogueEntry first = approved(Samples.local("First"));
        CatalogueEntry last = approved(Samples.local("Last"));

        storage.resources().save(first.resource().edit(Samples.titled("Again"), Samples.AMINA, LATER));

        assertThat(changesFrom(last.position(), 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.resource().content()).isEqualTo(Samples.titled("Again")));
        assertThat(changesFrom(0, 10)).extracting(CatalogueEntry::id).containsExactly(last.id(), first.id());
    }

    @Test
    void what_is_saved_as_it_was_has_changed_too() {
        CatalogueEntry entry = approved(Samples.local("Saved again"));

        storage.resources().save(entry.resource());

        assertThat(changesFrom(entry.position(), 10)).hasSize(1);
    }

    @Test
    void a_transaction_that_is_committed_late_is_not_passed_over() throws Exception {
        Resource late = Samples.local("Late").approve(Samples.NOON);
        Resource quick = Samples.local("Quick").approve(Samples.NOON);
        CountDownLatch savedLate = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        Thread slowWriter = new Thread(() -> storage.inTransaction(() -> {
            storage.resources().save(late);
            savedLate.countDown();
            await(mayCommit);
        }));
        // A storage may let this one commit first or make it wait. Both keep the order.
        Thread quickWriter = new Thread(() -> storage.resources().save(quick));

        slowWriter.start();
        await(savedLate);
        quickWriter.start();
        quickWriter.join(200);
        List<CatalogueEntry> seen = new ArrayList<>();
        Thread reader = new Thread(() -> seen.addAll(changesFrom(0, 10)));
        reader.start();
        reader.join(200);
        mayCommit.countDown();
        slowWriter.join();
        quickWriter.join();
        reader.join();
        long position = seen.stream().mapToLong(CatalogueEntry::position).max().orElse(0);
        seen.addAll(changesFrom(position, 10));

        assertThat(seen)
                .extracting(entry -> entry.resource().guid())
                .containsExactlyInAnyOrder(late.guid(), quick.guid());
    }

    @Test
    void a_reader_who_follows_many_writers_misses_nothing() throws Exception {
        Set<Guid> read = new HashSet<>();
        CountDownLatch finished = new CountDownLatch(4);
        Thread reader = new Thread(() -> {
            long position = 0;
            for (boolean last = false; ; ) {
                List<CatalogueEntry> page = storage.catalogue().changes(position, 5);
                for (CatalogueEntry entry : page) {
                    position = entry.position();
                    read.add(entry.resource().guid());
                }
                if (last && page.isEmpty()) {
                    return;
                }
                last = finished.getCount() == 0;
            }
        });
        reader.start();

        List<List<Guid>> written = atOnce(4, () -> {
            List<Guid> mine = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                Resource resource = Samples.local("Number " + i).approve(Samples.NOON);
                storage.resources().save(resource);
                mine.add(resource.guid());
            }
            finished.countDown();
            return mine;
        });
        reader.join();

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        written.stream().flatMap(List::stream).toList());
    }

    @Test
    void all_are_listed_by_number_whatever_their_status() {
        CatalogueEntry first = approved(Samples.local("First"));
        Resource pending = saved(Samples.local("Pending"));
        CatalogueEntry last = approved(Samples.local("Last"));
        saveAgain(first.id());

        List<CatalogueEntry> page = storage.catalogue().all(0, 2);

        assertThat(page)
                .extracting(entry -> entry.resource().guid())
                .containsExactly(first.resource().guid(), pending.guid());
        assertThat(storage.catalogue().all(page.get(1).id(), 2))
                .extracting(CatalogueEntry::id)
                .containsExactly(last.id());
        assertThat(storage.catalogue().all(last.id(), 2)).isEmpty();
    }

    private List<CatalogueEntry> changesFrom(long position, int pageSize) {
        List<CatalogueEntry> all = new ArrayList<>();
        List<CatalogueEntry> page = storage.catalogue().changes(position, pageSize);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
            page = storage.catalogue().changes(all.get(all.size() - 1).position(), pageSize);
        }
        return all;
    }
}

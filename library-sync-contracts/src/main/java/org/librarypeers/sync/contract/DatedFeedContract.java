package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of {@link DatedFeed}. */
@Timeout(60)
abstract class DatedFeedContract extends StorageContract<LibraryStorage> {

    private static final Tag NURSES = Tag.of("Audience", "Nurses");
    private static final Tag MALARIA = Tag.of("Health topic", "Malaria");

    private Resource approved(String title, Tag... tags) {
        return saved(Samples.local(
                        Samples.titled(title).toBuilder().tags(List.of(tags)).build())
                .approve(Samples.NOON));
    }

    private List<DatedEntry> entries(DatedQuery query) {
        return storage.datedFeed().entries(query, 100);
    }

    private List<Guid> guids(DatedSet set) {
        return entries(new DatedQuery(null, null, set, 0)).stream()
                .map(DatedEntry::guid)
                .toList();
    }

    private List<DatedEntry> between(@Nullable Instant from, @Nullable Instant until) {
        return entries(new DatedQuery(from, until, DatedSet.ALL, 0));
    }

    @Test
    void entries_have_datestamps_of_the_storage_and_the_order_of_the_feed() {
        DatedFeed feed = storage.datedFeed();
        Instant before = feed.now();
        Resource first = approved("First");
        Resource deleted = saved(approved("Deleted").archive(Samples.NOON));
        Resource last = approved("Last");
        saved(Samples.local("Pending"));

        List<DatedEntry> entries = entries(DatedQuery.ALL);

        assertThat(entries).extracting(DatedEntry::guid).containsExactly(first.guid(), deleted.guid(), last.guid());
        assertThat(entries).extracting(DatedEntry::deleted).containsExactly(false, true, false);
        assertThat(entries)
                .isSortedAccordingTo(Comparator.comparing(DatedEntry::position))
                .isSortedAccordingTo(Comparator.comparing(DatedEntry::datestamp));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.datestamp())
                    .isBetween(before, feed.now())
                    .isEqualTo(entry.datestamp().truncatedTo(ChronoUnit.SECONDS));
            assertThat(feed.find(entry.guid())).hasValueSatisfying(found -> {
                assertThat(found.position()).isEqualTo(entry.position());
                assertThat(found.deleted()).isEqualTo(entry.deleted());
                assertThat(found.datestamp()).isEqualTo(entry.datestamp());
            });
        });
        assertThat(feed.earliest()).isBeforeOrEqualTo(before);
    }

    @Test
    void the_time_is_that_of_the_storage_in_whole_seconds() {
        Instant now = storage.datedFeed().now();

        assertThat(now)
                .isEqualTo(now.truncatedTo(ChronoUnit.SECONDS))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(storage.datedFeed().now()).isAfterOrEqualTo(now);
    }

    @Test
    void what_was_never_served_has_no_entry() {
        assertThat(storage.datedFeed().find(saved(Samples.local("Pending")).guid()))
                .isEmpty();
        assertThat(storage.datedFeed()
                        .find(saved(Samples.local("Rejected").reject(Samples.NOON))
                                .guid()))
                .isEmpty();
        assertThat(storage.datedFeed().find(Guid.random())).isEmpty();
    }

    @Test
    void a_resource_that_changes_between_two_pages_is_not_lost() {
        List<Guid> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(approved("Resource " + i).guid());
        }
        List<DatedEntry> first = storage.datedFeed().entries(DatedQuery.ALL, 2);

        saved(found(all.get(0)).edit(Samples.titled("Read and changed"), Samples.AMINA, Samples.NOON));
        saved(found(all.get(3)).edit(Samples.titled("Not read and changed"), Samples.AMINA, Samples.NOON));
        saved(found(all.get(4)).archive(Samples.NOON));

        List<DatedEntry> rest = entries(DatedQuery.ALL.after(first.get(1).position()));
        assertThat(first).extracting(DatedEntry::guid).containsExactly(all.get(0), all.get(1));
        assertThat(rest)
                .extracting(DatedEntry::guid)
                .containsExactly(all.get(2), all.get(5), all.get(0), all.get(3), all.get(4));
        assertThat(rest.get(4).deleted()).isTrue();
    }

    @Test
    void a_period_includes_both_of_its_ends() {
        approved("One");
        approved("Two");
        Instant earliest = entries(DatedQuery.ALL).get(0).datestamp();
        Instant latest = entries(DatedQuery.ALL).get(1).datestamp();

        assertThat(between(earliest, latest)).hasSize(2);
        assertThat(between(earliest, null)).hasSize(2);
        assertThat(between(null, latest)).hasSize(2);
        assertThat(between(latest.plusSeconds(1), null)).isEmpty();
        assertThat(between(null, earliest.minusSeconds(1))).isEmpty();
        assertThat(between(latest.plusSeconds(10), latest.plusSeconds(20))).isEmpty();
    }

    @Test
    void a_set_has_the_resources_with_a_category_a_tag_or_a_language() {
        Guid nurses = approved("For nurses", NURSES).guid();
        Guid malaria = approved("About malaria", MALARIA).guid();
        Guid both = saved(approved("Deleted", NURSES, MALARIA).archive(Samples.NOON))
                .guid();
        Guid french = saved(Samples.local(Samples.titled("x").toBuilder()
                                .title(LocalizedText.of("fr", "Sans étiquette"))
                                .build())
                        .approve(Samples.NOON))
                .guid();
        Slug slug = storage.tags().named("Nurses").orElseThrow().slug();

        assertThat(guids(DatedSet.ALL)).containsExactly(nurses, malaria, both, french);
        assertThat(guids(DatedSet.ANY_TAG)).containsExactly(nurses, malaria, both);
        assertThat(guids(DatedSet.ofCategory("HEALTH  topic"))).containsExactly(malaria, both);
        assertThat(guids(DatedSet.ofTag(slug))).containsExactly(nurses, both);
        assertThat(guids(DatedSet.ofLanguage("fr"))).containsExactly(french);
        assertThat(guids(DatedSet.ofLanguage("en"))).containsExactly(nurses, malaria, both);
        assertThat(guids(DatedSet.ofCategory("None"))).isEmpty();
        assertThat(guids(DatedSet.ofTag(new Slug("none")))).isEmpty();
        assertThat(entries(new DatedQuery(
                        null,
                        null,
                        DatedSet.ANY_TAG,
                        entries(DatedQuery.ALL).get(0).position())))
                .hasSize(2);
    }

    @Test
    void only_what_approved_resources_have_is_listed() {
        saved(Samples.local(Samples.titled("Pending").toBuilder()
                .title(LocalizedText.of("es", "Secreto"))
                .tags(List.of(Tag.of("Secret", "Secret")))
                .build()));
        approved("For nurses", NURSES, MALARIA);
        approved("For nurses too", NURSES);
        DatedFeed feed = storage.datedFeed();

        assertThat(feed.languages()).containsExactly("en");
        assertThat(feed.categories())
                .extracting(CatalogueCategory::name)
                .containsExactlyInAnyOrder("Audience", "Health topic");
        assertThat(feed.tags(0, 10))
                .extracting(tag -> tag.tag().key())
                .containsExactlyInAnyOrder(NURSES.key(), MALARIA.key());
        assertThat(feed.tags(0, 1)).isEqualTo(feed.tags(0, 10).subList(0, 1));
        assertThat(feed.tags(feed.tags(0, 1).get(0).id(), 10))
                .isEqualTo(feed.tags(0, 10).subList(1, 2));
    }
}

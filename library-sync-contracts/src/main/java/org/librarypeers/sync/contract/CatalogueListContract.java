package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueQuery.Place;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;

/** Contract tests of {@link org.librarypeers.sync.catalogue.Catalogue#list}. */
@Timeout(60)
abstract class CatalogueListContract extends LibraryContract {

    private static final Viewer EVERYTHING = new Viewer(null, true);
    private static final Instant LATER = Samples.NOON.plusSeconds(3_600);

    @Test
    void a_list_holds_the_statuses_that_are_asked_for() {
        CatalogueEntry approved = approved(Samples.local("Approved"));
        saved(Samples.local("Pending"));
        storage.resources().save(saved(Samples.local("Rejected")).reject(Samples.NOON));

        assertThat(numbers(Set.of(Status.APPROVED), null, null, Order.TITLE)).containsExactly(approved.id());
        assertThat(list(Set.of(Status.values()), null, null, Order.TITLE).total())
                .isEqualTo(3);
        assertThat(list(Set.of(), null, null, Order.TITLE)).isEqualTo(new Slice<>(List.of(), 0, true));
    }

    @Test
    void a_list_is_bounded_by_update_dates_inclusively() {
        Instant micro = Samples.NOON.plusNanos(1_000);
        long first = approvedAt(Samples.NOON).id();
        long second = approvedAt(micro).id();
        Set<Status> approved = Set.of(Status.APPROVED);

        assertThat(numbers(approved, Samples.NOON, null, Order.OLDEST_FIRST)).containsExactly(first, second);
        assertThat(numbers(approved, micro, null, Order.OLDEST_FIRST)).containsExactly(second);
        assertThat(numbers(approved, null, Samples.NOON, Order.OLDEST_FIRST)).containsExactly(first);
        assertThat(numbers(approved, Samples.NOON.plusNanos(1), micro.minusNanos(1), Order.OLDEST_FIRST))
                .isEmpty();
        assertThat(numbers(approved, Samples.NOON.plusNanos(999), micro.plusNanos(999), Order.OLDEST_FIRST))
                .containsExactly(second);
        assertThat(list(approved, Instant.MIN, Instant.MAX, Order.OLDEST_FIRST).total())
                .isEqualTo(2);
        assertThat(list(approved, Instant.MAX, Instant.MIN, Order.OLDEST_FIRST).total())
                .isZero();
    }

    @Test
    void a_list_is_ordered_by_update_date_then_number() {
        long late = approvedAt(LATER).id();
        long early = approvedAt(Samples.NOON).id();
        long lateToo = approvedAt(LATER).id();
        Set<Status> approved = Set.of(Status.APPROVED);

        assertThat(numbers(approved, null, null, Order.OLDEST_FIRST)).containsExactly(early, late, lateToo);
        assertThat(numbers(approved, null, null, Order.NEWEST_FIRST)).containsExactly(late, lateToo, early);
    }

    @Test
    void a_list_is_ordered_by_the_characters_of_the_title_in_the_language_and_without_one_by_number() {
        long arabic = entitled(Map.of("ar", "ماء")).id();
        long lower = entitled(Map.of("en", "apple", "ar", "ي")).id();
        long upper = entitled(Map.of("en", "Zebra", "fr", "A")).id();
        long french = entitled(Map.of("fr", "Banane", "sw", "A")).id();
        long accent = entitled(Map.of("en", "Éclair")).id();
        Set<Status> approved = Set.of(Status.APPROVED);

        assertThat(numbers(approved, null, null, Order.TITLE)).containsExactly(arabic, french, upper, lower, accent);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void what_is_equal_is_listed_by_number_whatever_was_saved_again(Order order) {
        List<Long> equal =
                Stream.generate(() -> approvedAt(Samples.NOON).id()).limit(6).toList();
        saveAgain(equal.get(3));
        saveAgain(equal.get(0));

        assertThat(numbers(Set.of(Status.APPROVED), null, null, order)).isEqualTo(equal);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void a_list_goes_on_behind_a_place_whatever_became_of_what_was_before_it(Order order) {
        List<CatalogueEntry> entries = new ArrayList<>();
        for (String title : List.of("B", "", "A", "C", "B", "", "Ç")) {
            Instant time = Samples.NOON.plusSeconds(title.length() * 3L);
            Map<String, String> texts = title.isEmpty() ? Map.of("ar", "ماء") : Map.of("en", title);
            ResourceContent content =
                    ResourceContent.titled(new LocalizedText(texts)).build();
            entries.add(approved(Resource.create(Guid.random(), content, Samples.AMINA, time)));
        }
        List<Long> whole = numbers(Set.of(Status.APPROVED), null, null, order);

        List<Long> read = new ArrayList<>();
        Slice<ListedResource> page = behind(null, order);
        while (!page.last()) {
            assertThat(page.items()).hasSize(2);
            page.items().forEach(entry -> read.add(entry.id()));
            ListedResource last = page.items().get(1);
            storage.resources().save(found(last.guid()).reject(LATER));
            page = behind(Place.of(last, "en"), order);
        }
        page.items().forEach(entry -> read.add(entry.id()));

        assertThat(read).hasSize(entries.size()).isEqualTo(whole);
    }

    private Slice<ListedResource> behind(@Nullable Place place, Order order) {
        return storage.catalogue()
                .list(new CatalogueQuery(EVERYTHING, Set.of(Status.APPROVED), null, null, order, "en", place, 0, 2));
    }

    @Test
    void a_list_shows_the_texts_of_each_resource() {
        CatalogueEntry local = approved(Samples.local(Samples.hostile()));
        Peer peer = savedPeer("https://peer.example.org");
        Delivery delivery = Samples.delivery(storage, peer, storage.syncLogs().nextId());
        CatalogueEntry received =
                approved(Samples.adopted(Samples.incoming(Guid.random(), Samples.hostile()), delivery));

        List<ListedResource> listed =
                list(Set.of(Status.APPROVED), null, null, Order.TITLE).items();

        assertThat(listed)
                .map(CatalogueListContract::withoutParts)
                .containsExactly(withoutParts(ListedResource.of(local)), withoutParts(ListedResource.of(received)));
    }

    private static ListedResource withoutParts(ListedResource each) {
        ResourceContent content = each.content().toBuilder()
                .tags(List.of())
                .attachments(List.of())
                .build();
        return new ListedResource(
                each.id(),
                each.guid(),
                each.slug(),
                each.status(),
                each.origin(),
                content,
                each.created(),
                each.updated());
    }

    @Test
    void a_list_comes_in_parts() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            numbers.add(approvedAt(Samples.NOON.plusSeconds(i)).id());
        }

        assertThat(part(0, 2)).isEqualTo(numbers.subList(0, 2));
        assertThat(part(3, 100)).isEqualTo(numbers.subList(3, 5));
        assertThat(part(5, 1)).isEmpty();
        assertThat(part(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
    }

    private List<Long> part(int offset, int limit) {
        Slice<ListedResource> slice = storage.catalogue()
                .list(new CatalogueQuery(
                        EVERYTHING,
                        Set.of(Status.APPROVED),
                        null,
                        null,
                        Order.OLDEST_FIRST,
                        "en",
                        null,
                        offset,
                        limit));
        assertThat(slice.total()).isEqualTo(5);
        return slice.items().stream().map(ListedResource::id).toList();
    }

    private List<Long> numbers(Set<Status> statuses, @Nullable Instant from, @Nullable Instant to, Order order) {
        return list(statuses, from, to, order).items().stream()
                .map(ListedResource::id)
                .toList();
    }

    private Slice<ListedResource> list(
            Set<Status> statuses, @Nullable Instant from, @Nullable Instant to, Order order) {
        return storage.catalogue().list(new CatalogueQuery(EVERYTHING, statuses, from, to, order, "en", null, 0, 100));
    }

    private CatalogueEntry approvedAt(Instant time) {
        return approved(Resource.create(Guid.random(), Samples.titled("At " + time), Samples.AMINA, time));
    }

    private CatalogueEntry entitled(Map<String, String> title) {
        return approved(
                Samples.local(ResourceContent.titled(new LocalizedText(title)).build()));
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.FacetedEntries;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.Facets.LanguageCount;
import org.librarypeers.sync.catalogue.Facets.SourceCount;
import org.librarypeers.sync.catalogue.TitleOrder;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/** Contract tests of browsing and facets in {@link org.librarypeers.sync.catalogue.Catalogue}. */
@Timeout(60)
abstract class BrowseContract extends LibraryContract {

    private static final Viewer STAFF = new Viewer(null, true);
    private static final Tag WATER = Tag.of("Topic", "ماء 💧");
    private static final Tag NURSE = Tag.of("Audience", "O'Nurse; --");
    private static final Tag ADULTS = Tag.of("Audience", "Adults");

    @Test
    void a_browsed_entry_is_read_back_as_it_was_saved() {
        CatalogueEntry entry = approved(Samples.local(Samples.hostile()));

        assertThat(storage.catalogue()
                        .browse(BrowseQuery.APPROVED, Order.BEST_FIRST, 0, 10)
                        .items())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo(entry.id());
                    assertThat(found.attachments()).isEqualTo(entry.attachments());
                    assertThat(found.taggings()).isEqualTo(entry.taggings());
                    assertSame(found.resource(), entry.resource());
                });
    }

    @Test
    void without_words_all_approved_entries_come_newest_first_and_ties_by_number() {
        long old = at(Samples.NOON, "Old");
        List<Long> ties = List.of(at(Samples.NOON.plusSeconds(9), "A"), at(Samples.NOON.plusSeconds(9), "B"));
        long newest = at(Samples.NOON.plusSeconds(10), "Newest");
        saved(Samples.local("Pending"));

        List<Long> all = List.of(newest, ties.get(0), ties.get(1), old);
        assertThat(found(BrowseQuery.APPROVED)).isEqualTo(all);
        assertThat(found(BrowseQuery.APPROVED.holding(" \t"))).isEqualTo(all);
        assertThat(ids(storage.catalogue().browse(BrowseQuery.APPROVED, Order.NEWEST_FIRST, 0, 10)))
                .isEqualTo(all);
    }

    @Test
    void the_oldest_come_first_if_that_is_requested() {
        List<Long> ties =
                List.of(at(Samples.NOON.plusSeconds(9), "Water A"), at(Samples.NOON.plusSeconds(9), "Water B"));
        long old = at(Samples.NOON, "Old water");
        for (BrowseQuery query : List.of(BrowseQuery.APPROVED, BrowseQuery.APPROVED.holding("water"))) {
            assertThat(ids(storage.catalogue().browse(query, Order.OLDEST_FIRST, 0, 10)))
                    .containsExactly(old, ties.get(0), ties.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "pt-br", "fr", "ar"})
    void entries_are_ordered_by_their_titles_in_a_language(String language) {
        String other = language.equals("en") ? "fr" : "en";
        List<Long> ordered = List.of(
                titled(Map.of(other, "Aaa water")),
                titled(Map.of(other, "Zzz water")),
                titled(Map.of(language, "A water")),
                titled(Map.of(language, "Z water")),
                titled(Map.of(language, "a water", other, "Water")),
                titled(Map.of(language, "É water")),
                titled(Map.of(language, "ﬀ water")),
                titled(Map.of(language, "💧 water")),
                titled(Map.of(language, "💧 water")));
        List<Long> reversed = new ArrayList<>(ordered);
        Collections.reverse(reversed);

        for (BrowseQuery query : List.of(BrowseQuery.APPROVED, BrowseQuery.APPROVED.holding("water"))) {
            assertThat(ids(byTitle(query, new TitleOrder(language, false), 0, 20)))
                    .isEqualTo(ordered);
            assertThat(ids(byTitle(query, new TitleOrder(language, true), 0, 20)))
                    .isEqualTo(reversed);
            assertThat(ids(byTitle(query, new TitleOrder(language, true), 2, 3)))
                    .isEqualTo(reversed.subList(2, 5));
            assertThat(byTitle(query, new TitleOrder(language, false), 8, 3).total())
                    .isEqualTo(9);
        }
        assertThat(ids(byTitle(BrowseQuery.APPROVED.in(language), new TitleOrder(language, false), 0, 20)))
                .isEqualTo(ordered.subList(2, 9));
    }

    private long titled(Map<String, String> titles) {
        LocalizedText title = LocalizedText.empty();
        for (Map.Entry<String, String> text : titles.entrySet()) {
            title = title.with(text.getKey(), text.getValue());
        }
        return approved(Samples.local(ResourceContent.titled(title).build())).id();
    }

    private Slice<CatalogueEntry> byTitle(BrowseQuery query, TitleOrder order, int offset, int limit) {
        return storage.catalogue().browseByTitle(query, order, offset, limit);
    }

    @Test
    void with_words_the_best_match_comes_first_unless_newest_first_is_requested() {
        long title = at(Samples.NOON, "Water");
        long tag = approved(tagged("Tagged", Map.of("en", "Tagged"), Tag.of("Topic", "Water")))
                .id();
        long newest = approved(Resource.create(
                        Guid.random(),
                        Samples.titled("In the text").toBuilder()
                                .description(LocalizedText.of("en", "water"))
                                .build(),
                        Samples.AMINA,
                        Samples.NOON.plusSeconds(5)))
                .id();
        at(Samples.NOON, "Other");
        BrowseQuery query = BrowseQuery.APPROVED.holding("WATER");

        assertThat(found(query)).containsExactly(title, tag, newest);
        assertThat(ids(storage.catalogue().browse(query, Order.NEWEST_FIRST, 0, 10)))
                .containsExactly(newest, title, tag);
    }

    @Test
    void a_text_without_words_finds_nothing_and_has_no_facets() {
        approved(tagged("Water 👩🏽‍⚕️", Map.of(), WATER));

        for (String words : List.of("👩🏽‍⚕️", "&", "\u0000", "\uD83D", "nothing")) {
            BrowseQuery query = BrowseQuery.APPROVED.holding(words);
            assertThat(storage.catalogue().browse(query, Order.BEST_FIRST, 0, 10))
                    .as(words)
                    .isEqualTo(new Slice<CatalogueEntry>(List.of(), 0, true));
            assertThat(facets(query)).as(words).isEqualTo(new Facets(List.of(), List.of(), List.of()));
        }
    }

    @Test
    void results_come_in_slices_with_the_total() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(at(Samples.NOON, "Same"));
        }
        saveAgain(all.get(2));
        saveAgain(all.get(0));

        for (BrowseQuery query : List.of(BrowseQuery.APPROVED, BrowseQuery.APPROVED.holding("same"))) {
            assertPart(query, 0, 2, all.subList(0, 2), false);
            assertPart(query, 3, 2, all.subList(3, 5), true);
            assertPart(query, 0, 5, all, true);
            assertPart(query, 4, Integer.MAX_VALUE, all.subList(4, 5), true);
            assertPart(query, 5, 2, List.of(), true);
            assertPart(query, Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(), true);
        }
    }

    private void assertPart(BrowseQuery query, int offset, int limit, List<Long> items, boolean last) {
        Slice<CatalogueEntry> part = storage.catalogue().browse(query, Order.BEST_FIRST, offset, limit);
        assertThat(ids(part)).isEqualTo(items);
        assertThat(part.total()).isEqualTo(5);
        assertThat(part.last()).isEqualTo(last);
    }

    @Test
    void an_entry_must_have_all_tags_of_the_query() {
        long both = approved(tagged("Both", Map.of(), WATER, NURSE)).id();
        long water = approved(tagged("Water", Map.of(), WATER)).id();
        saved(tagged("Pending", Map.of(), WATER, NURSE));

        assertThat(found(BrowseQuery.APPROVED.tagged(numbers(WATER)))).containsExactly(both, water);
        assertThat(found(BrowseQuery.APPROVED.tagged(numbers(WATER, NURSE)))).containsExactly(both);
        assertThat(found(BrowseQuery.APPROVED.tagged(numbers(WATER, NURSE)).holding("both")))
                .containsExactly(both);
        assertThat(found(BrowseQuery.APPROVED.tagged(numbers(NURSE)).holding("water")))
                .isEmpty();
        assertThat(found(BrowseQuery.APPROVED.tagged(numbers(WATER, ADULTS)))).isEmpty();
        assertThat(found(BrowseQuery.APPROVED.tagged(Set.of(0L)))).isEmpty();
    }

    @Test
    void the_language_condition_matches_exactly_one_language_of_the_title() {
        long arabic = approved(tagged("Safe", Map.of("ar", "مياه آمنة", "pt-br", "Água")))
                .id();
        approved(Samples.local(Samples.titled("English").toBuilder()
                .description(LocalizedText.of("ar", "ماء"))
                .build()));

        assertThat(found(BrowseQuery.APPROVED.in("ar"))).containsExactly(arabic);
        assertThat(found(BrowseQuery.APPROVED.in("pt-br").holding("agua"))).containsExactly(arabic);
        assertThat(found(BrowseQuery.APPROVED.in("en"))).hasSize(2);
        for (String none : List.of("pt", "AR", "", "%", "ar'--", "a\u0000r", "\uD83D")) {
            assertThat(found(BrowseQuery.APPROVED.in(none))).as(none).isEmpty();
        }
    }

    @Test
    void entries_are_found_by_origin_maker_and_followed_peer() {
        Peer first = savedPeer("https://first.example.org");
        Peer second = savedPeer("https://second.example.org");
        long here = approved(Samples.local("Here")).id();
        long one = from(first, "Ministry", "https://ministry.example.org", "One");
        long two = from(second, "Ministry", "https://ministry.example.org", "Two");
        long three = from(second, "Other", "https://other.example.org", "Three");

        assertThat(found(BrowseQuery.APPROVED.from(new Source.Here()))).containsExactly(here);
        assertThat(found(BrowseQuery.APPROVED.from(new Source.Maker("https://ministry.example.org"))))
                .containsExactlyInAnyOrder(one, two);
        assertThat(found(BrowseQuery.APPROVED.from(new Source.Followed(second.id()))))
                .containsExactlyInAnyOrder(two, three);
        assertThat(found(BrowseQuery.APPROVED
                        .from(new Source.Followed(second.id()))
                        .holding("three")))
                .containsExactly(three);
        for (String none : List.of("", "https://ministry.example.org/", "\u0000", "'")) {
            assertThat(found(BrowseQuery.APPROVED.from(new Source.Maker(none))))
                    .as(none)
                    .isEmpty();
        }
        assertThat(found(BrowseQuery.APPROVED.from(new Source.Followed(new PeerId(4711)))))
                .isEmpty();
    }

    @Test
    void tags_are_counted_among_the_entries_found() {
        approved(tagged("One", Map.of("ar", "واحد"), WATER, NURSE));
        approved(tagged("Two", Map.of(), WATER, ADULTS));
        approved(tagged("Three", Map.of("ar", "ثلاثة"), NURSE));
        saved(tagged("Pending", Map.of("ar", "ثلاثة"), WATER, NURSE, ADULTS));

        assertThat(tags(BrowseQuery.APPROVED)).containsExactly("O'Nurse; -- 2", "ماء 💧 2", "Adults 1");
        assertThat(tags(BrowseQuery.APPROVED.tagged(numbers(WATER))))
                .containsExactly("ماء 💧 2", "Adults 1", "O'Nurse; -- 1");
        assertThat(tags(BrowseQuery.APPROVED.in("ar"))).containsExactly("O'Nurse; -- 2", "ماء 💧 1");
        assertThat(tags(BrowseQuery.APPROVED.holding("two"))).containsExactly("Adults 1", "ماء 💧 1");
        assertThat(tags(BrowseQuery.APPROVED.from(new Source.Maker("https://x.example.org"))))
                .isEmpty();
        assertThat(storage.catalogue().topics())
                .isEqualTo(storage.catalogue().facets(BrowseQuery.APPROVED).tags());
    }

    @Test
    void a_counted_tag_is_the_tag_of_the_vocabulary() {
        approved(Samples.local(Samples.hostile()));

        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags())
                .hasSameSizeAs(Samples.hostile().tags())
                .allSatisfy(counted ->
                        assertThat(storage.tags().find(counted.tag().slug())).contains(counted.tag()));
    }

    @Test
    void facets_have_the_most_frequent_tags_of_each_category_and_ties_by_name() {
        int more = Facets.TAGS_PER_CATEGORY + 3;
        Tag[] many = IntStream.range(0, more)
                .mapToObj(i -> Tag.of("Geography", "District %02d".formatted(i)))
                .toArray(Tag[]::new);
        approved(tagged("All", Map.of(), many));
        approved(tagged("Last", Map.of(), many[more - 1], WATER));

        List<String> told = tags(BrowseQuery.APPROVED);

        assertThat(told).hasSize(Facets.TAGS_PER_CATEGORY + 1).startsWith("District 17 2", "District 00 1");
        assertThat(told).contains("District 13 1", "ماء 💧 1").doesNotContain("District 14 1", "District 16 1");
    }

    @Test
    void languages_are_counted_without_the_language_condition() {
        approved(tagged("One", Map.of("ar", "واحد", "zh-hant", "一"), WATER));
        approved(tagged("Two", Map.of("ar", "اثنان", "fr", "Deux")));
        approved(tagged("Three", Map.of(), WATER));
        saved(tagged("Pending", Map.of("sw", "Moja")));

        List<LanguageCount> all = List.of(
                new LanguageCount("en", 3),
                new LanguageCount("ar", 2),
                new LanguageCount("fr", 1),
                new LanguageCount("zh-hant", 1));
        assertThat(facets(BrowseQuery.APPROVED).languages()).isEqualTo(all);
        assertThat(facets(BrowseQuery.APPROVED.in("fr")).languages()).isEqualTo(all);
        assertThat(facets(BrowseQuery.APPROVED.in("fr").tagged(numbers(WATER))).languages())
                .containsExactly(
                        new LanguageCount("en", 2), new LanguageCount("ar", 1), new LanguageCount("zh-hant", 1));
        assertThat(facets(BrowseQuery.APPROVED.in("fr").holding("two")).languages())
                .extracting(LanguageCount::language)
                .containsExactly("ar", "en", "fr");
        assertThat(facets(BrowseQuery.APPROVED.from(new Source.Here()).in("fr")).languages())
                .isEqualTo(all);
    }

    @Test
    void sources_are_counted_without_the_source_condition() {
        Peer first = savedPeer("https://first.example.org");
        Peer second = savedPeer("https://second.example.org");
        approved(tagged("Here", Map.of("ar", "هنا")));
        from(first, "Zeta", "https://one.example.org", "One");
        from(second, "Alpha", "https://one.example.org", "Two");
        from(second, "Beta", "https://two.example.org", "Three");
        from(second, "مكتبة", "https://two.example.org", "Four");
        from(second, "مكتبة", "https://two.example.org", "Five");

        SourceCount here = new SourceCount(new Source.Here(), "", 1);
        SourceCount one = new SourceCount(new Source.Maker("https://one.example.org"), "Alpha", 2);
        SourceCount two = new SourceCount(new Source.Maker("https://two.example.org"), "مكتبة", 3);
        assertThat(facets(BrowseQuery.APPROVED).sources()).containsExactly(two, one, here);
        for (Source source :
                List.of(new Source.Here(), new Source.Maker("https://x"), new Source.Followed(first.id()))) {
            assertThat(facets(BrowseQuery.APPROVED.from(source)).sources()).containsExactly(two, one, here);
        }
        assertThat(facets(BrowseQuery.APPROVED.from(one.source()).in("ar")).sources())
                .containsExactly(here);
        assertThat(facets(BrowseQuery.APPROVED.holding("three")).sources())
                .containsExactly(new SourceCount(two.source(), "Beta", 1));
        assertThat(facets(BrowseQuery.APPROVED.from(one.source())).languages())
                .containsExactly(new LanguageCount("en", 2));
    }

    @Test
    void staff_find_every_status_and_others_find_what_is_visible_to_them() {
        UserName juma = new UserName("juma");
        long approved = approved(Samples.local("Water approved")).id();
        long rejected = number(approvedResource("Water rejected").reject(Samples.NOON.plusSeconds(1)));
        long archived = number(approvedResource("Water archived").archive(Samples.NOON.plusSeconds(2)));
        long pending = number(
                Resource.create(Guid.random(), Samples.titled("Water pending"), juma, Samples.NOON.plusSeconds(3)));
        number(Samples.local("Air"));
        BrowseQuery all = BrowseQuery.allFor(STAFF).holding("water");
        Viewer member = Viewer.of(new Account(juma, null, Role.MEMBER));

        assertThat(ids(storage.catalogue().browse(all, Order.NEWEST_FIRST, 0, 10)))
                .containsExactly(pending, archived, rejected, approved);
        assertThat(found(all)).containsExactlyInAnyOrder(pending, archived, rejected, approved);
        assertThat(found(all.of(Status.ARCHIVED))).containsExactly(archived);
        assertThat(found(BrowseQuery.allFor(STAFF))).hasSize(5);
        assertThat(found(BrowseQuery.allFor(Viewer.PUBLIC))).containsExactly(approved);
        assertThat(found(BrowseQuery.allFor(member))).containsExactly(pending, approved);
        assertThat(found(BrowseQuery.allFor(member).of(Status.PENDING))).containsExactly(pending);
        assertThat(facets(all.of(Status.PENDING)).sources()).containsExactly(new SourceCount(new Source.Here(), "", 1));
        assertThat(facets(BrowseQuery.allFor(member)).languages()).containsExactly(new LanguageCount("en", 2));
        assertThat(found(new BrowseQuery(STAFF, Set.of(), "", Set.of(), null, null)))
                .isEmpty();
    }

    private Resource approvedResource(String title) {
        return approved(Samples.local(title)).resource();
    }

    private long number(Resource resource) {
        storage.resources().save(resource);
        return storage.catalogue().find(resource.guid()).orElseThrow().id();
    }

    private long at(Instant time, String title) {
        return approved(Resource.create(Guid.random(), Samples.titled(title), Samples.AMINA, time))
                .id();
    }

    private static Resource tagged(String english, Map<String, String> more, Tag... tags) {
        LocalizedText title = LocalizedText.of("en", english);
        for (Map.Entry<String, String> text : more.entrySet()) {
            title = title.with(text.getKey(), text.getValue());
        }
        return Samples.local(ResourceContent.titled(title).tags(List.of(tags)).build());
    }

    private long from(Peer peer, String name, String host, String title) {
        IncomingResource incoming = new IncomingResource(Guid.random(), Samples.titled(title), name, host, null);
        Delivery delivery = Samples.delivery(storage, peer, storage.syncLogs().nextId());
        return approved(Samples.adopted(incoming, delivery)).id();
    }

    private Set<Long> numbers(Tag... tags) {
        return Arrays.stream(tags)
                .map(tag -> storage.tags().findOrAdd(tag).id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Long> found(BrowseQuery query) {
        Slice<CatalogueEntry> found = storage.catalogue().browse(query, Order.BEST_FIRST, 0, 100);
        assertThat(found.total()).isEqualTo(found.items().size());
        assertThat(found.items()).allMatch(query.viewer()::sees);
        return ids(found);
    }

    private static List<Long> ids(Slice<CatalogueEntry> found) {
        return found.items().stream().map(CatalogueEntry::id).toList();
    }

    private Facets facets(BrowseQuery query) {
        Facets facets = storage.catalogue().facets(query);
        for (Order order : Order.values()) {
            Slice<CatalogueEntry> page = storage.catalogue().browse(query, order, 1, 2);
            FacetedEntries faceted = storage.catalogue().browseWithFacets(query, order, 1, 2);
            assertThat(ids(faceted.entries())).isEqualTo(ids(page));
            assertThat(faceted.entries().total()).isEqualTo(page.total());
            assertThat(faceted.entries().last()).isEqualTo(page.last());
            assertThat(faceted.facets()).isEqualTo(facets);
        }
        return facets;
    }

    private List<String> tags(BrowseQuery query) {
        return facets(query).tags().stream()
                .map(counted -> counted.tag().tag().name() + " " + counted.count())
                .toList();
    }
}

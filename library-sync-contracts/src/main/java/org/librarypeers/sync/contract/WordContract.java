package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Matching;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.ListedResource;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.catalogue.StudyTimeRange;

/** Contract tests of what helps readers to find resources: corrections, suggestions, fewer words, types, and related resources. */
@Timeout(60)
abstract class WordContract extends LibraryContract {

    private static final Tag RARE = Tag.of("Topic", "Snake bites");
    private static final Tag COMMON = Tag.of("Audience", "Nurses");

    /** Indexes and counts everything, as a server does in the background. */
    private void index() {
        Await.await("every resource is indexed", () -> {
            storage.catalogue().index(100);
            return storage.catalogue().unindexed(10) == 0;
        });
        storage.catalogue().recountWords(10_000);
    }

    private long titled(String title) {
        return approved(Samples.local(title)).id();
    }

    private Optional<String> corrected(String words) {
        return storage.catalogue().corrected(words);
    }

    private List<String> completions(String beginning) {
        return storage.catalogue().completions(beginning, 10);
    }

    @Test
    void a_word_that_no_resource_has_is_corrected_to_the_most_similar_one() {
        titled("Malaria nets");
        titled("Material for teachers");
        titled("Vacunación segura");
        index();

        for (String wrong : List.of("malria", "Malaira", "mallaria", "MALERIA", "malari\u0301aa", "mlaria")) {
            assertThat(corrected(wrong)).as(wrong).hasValue("malaria");
        }
        assertThat(corrected("vacunasion seguro")).hasValue("vacunación segura");
        assertThat(corrected("nets malria 24")).hasValue("nets malaria 24");
    }

    @Test
    void words_that_are_found_or_short_or_like_no_other_are_not_corrected() {
        titled("Malaria nets in 2024");
        index();

        for (String words : List.of("malaria", "mala", "nt", "2034", "telephone", "", "👩🏽‍⚕️", "'|!:*", "\u0000")) {
            assertThat(corrected(words)).as(words).isEmpty();
        }
    }

    @Test
    void of_equally_similar_words_the_most_frequent_one_is_chosen() {
        titled("Words");
        titled("Worms");
        titled("Worms again");
        index();

        assertThat(corrected("worls")).hasValue("worms");
    }

    @Test
    void no_word_of_an_unpublished_resource_is_suggested() {
        storage.resources().save(Samples.local("Malaria pending"));
        Resource published = approved(Samples.local("Measles today")).resource();
        index();

        assertThat(corrected("malria")).isEmpty();
        assertThat(completions("mal")).isEmpty();
        assertThat(completions("mea")).containsExactly("measles");

        storage.resources().save(published.archive(Samples.NOON));

        assertThat(completions("mea")).isEmpty();
        assertThat(corrected("meesles")).isEmpty();
        assertThat(storage.catalogue().titled("measles", 5)).isEmpty();
    }

    @Test
    void a_word_is_suggested_as_soon_as_its_resource_is_published() {
        Resource pending = Samples.local("Malaria");
        storage.resources().save(pending);
        index();

        storage.resources().save(found(pending.guid()).approve(Samples.NOON));

        assertThat(corrected("malria")).hasValue("malaria");
        assertThat(completions("mal")).containsExactly("malaria");
    }

    @Test
    void a_word_that_vanishes_is_not_suggested_any_more() {
        Resource resource = approved(Samples.local("Malaria")).resource();
        index();
        storage.resources().save(resource.edit(Samples.titled("Measles"), Samples.AMINA, Samples.NOON));
        index();

        assertThat(corrected("malria")).isEmpty();
        assertThat(completions("ma")).isEmpty();
        assertThat(completions("me")).containsExactly("measles");
    }

    @Test
    void words_are_completed_the_most_frequent_first() {
        titled("Malaria one");
        titled("Malaria two");
        titled("Malnutrition");
        titled("Maternal health");
        titled("Más agua");
        index();

        assertThat(completions("mal")).containsExactly("malaria", "malnutrition");
        assertThat(completions("MÁS")).containsExactly("más");
        assertThat(completions("mas")).containsExactly("más");
        assertThat(completions("malx")).isEmpty();
        assertThat(completions("m")).isEmpty();
        assertThat(completions("mal ma")).isEmpty();
        assertThat(storage.catalogue().completions("ma", 1)).containsExactly("malaria");
    }

    @Test
    void titles_with_all_words_are_suggested_the_last_added_first() {
        long first = titled("Malaria in children");
        long last = titled("Children with malaria");
        approved(Samples.local(Samples.titled("Other").toBuilder()
                .description(LocalizedText.of("en", "Malaria and children"))
                .build()));
        titled("Malaria in adults");
        index();

        assertThat(ids(storage.catalogue().titled("malaria chil", 5))).containsExactly(last, first);
        assertThat(ids(storage.catalogue().titled("malaria chil", 1))).containsExactly(last);
        assertThat(storage.catalogue().titled("", 5)).isEmpty();
        assertThat(storage.catalogue().titled("&", 5)).isEmpty();
    }

    @Test
    void a_search_for_any_word_puts_resources_with_more_of_them_first() {
        long one = titled("Malaria");
        long three = titled("Malaria nets and beds");
        long two = approved(Samples.local(Samples.titled("Nets").toBuilder()
                        .description(LocalizedText.of("en", "Beds, beds, beds"))
                        .build()))
                .id();
        titled("Other");
        index();
        BrowseQuery query =
                BrowseQuery.APPROVED.holding("malaria nets beds xyzzy").matching(Matching.ANY_WORD);

        assertThat(browsed(query)).containsExactly(three, two, one);
        assertThat(browsed(query.holding("xyzzy"))).isEmpty();
        assertThat(browsed(query.holding("malaria"))).containsExactlyInAnyOrder(one, three);
        assertThat(storage.catalogue()
                        .browseWithFacets(query, Order.BEST_FIRST, 0, 1)
                        .facets()
                        .languages())
                .containsExactly(new Facets.LanguageCount("en", 3));
        assertThat(browsed(query.in("fr"))).isEmpty();
    }

    @Test
    void of_too_many_resources_with_any_word_those_that_lack_one_at_most_are_found() {
        long most = titled("Common words rarely seen");
        List<Resource> many = IntStream.range(0, Catalogue.MAX_FOUND)
                .mapToObj(number -> Samples.local("Common " + number).approve(Samples.NOON))
                .toList();
        storage.resources().save(many);
        index();

        assertThat(browsed(BrowseQuery.APPROVED.holding("common rarely nowhere").matching(Matching.ANY_WORD)))
                .hasSize(Catalogue.MAX_FOUND)
                .first()
                .isEqualTo(most);
    }

    private CatalogueEntry with(String title, StudyTime time, String... links) {
        return approved(Samples.local(Samples.titled(title).toBuilder()
                .studyTime(time)
                .attachments(IntStream.range(0, links.length)
                        .mapToObj(order ->
                                SampleAttachment.link(links[order]).order(order).build())
                        .toList())
                .build()));
    }

    @Test
    void types_and_study_times_filter_with_and_without_words() {
        long film = with(
                        "Film",
                        new StudyTime(20, StudyTime.Unit.MINS),
                        "https://example.org/film.mp4",
                        "https://example.org/film.pdf")
                .id();
        long book = with("Book", new StudyTime(2, StudyTime.Unit.DAYS), "https://example.org/book.pdf")
                .id();
        with("Film page", StudyTime.UNKNOWN, "https://example.org/film");
        storage.resources()
                .save(Samples.local(Samples.titled("Pending film").toBuilder()
                        .attachments(List.of(SampleAttachment.link("https://example.org/a.pdf")
                                .build()))
                        .build()));
        index();
        BrowseQuery pdf = BrowseQuery.APPROVED.ofType(MaterialType.PDF);

        assertThat(browsed(pdf)).containsExactly(film, book);
        assertThat(storage.catalogue().browse(pdf, Order.NEWEST_FIRST, 1, 10).total())
                .isEqualTo(2);
        assertThat(browsed(pdf.holding("film"))).containsExactly(film);
        assertThat(browsed(pdf.taking(StudyTimeRange.LONGER))).containsExactly(book);
        assertThat(browsed(pdf.in("fr"))).isEmpty();
        assertThat(browsed(BrowseQuery.APPROVED.taking(StudyTimeRange.SHORT))).containsExactly(film);
        assertThat(browsed(BrowseQuery.APPROVED.taking(StudyTimeRange.MEDIUM))).isEmpty();
        assertThat(browsed(pdf.holding("&"))).isEmpty();
    }

    @Test
    void types_and_study_times_are_counted() {
        with("Film", new StudyTime(20, StudyTime.Unit.MINS), "https://a.example/f.mp4", "https://a.example/g.mp4");
        with("Book", new StudyTime(25, StudyTime.Unit.MINS), "https://a.example/b.pdf");
        with("Course", new StudyTime(2, StudyTime.Unit.HOURS), "https://a.example/c.pdf");
        index();

        var all = storage.catalogue().materials();
        assertThat(all.types()).isEqualTo(Map.of(MaterialType.VIDEO, 1L, MaterialType.PDF, 2L));
        assertThat(all.studyTimes()).isEqualTo(Map.of(StudyTimeRange.SHORT, 2L, StudyTimeRange.MEDIUM, 1L));
        assertThat(all.complete()).isTrue();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED.in("en")).materials())
                .isEqualTo(all);
        assertThat(storage.catalogue()
                        .facets(BrowseQuery.APPROVED.holding("book"))
                        .materials()
                        .types())
                .isEqualTo(Map.of(MaterialType.PDF, 1L));
        assertThat(storage.catalogue()
                        .facets(BrowseQuery.APPROVED.ofType(MaterialType.VIDEO))
                        .materials()
                        .studyTimes())
                .isEqualTo(Map.of(StudyTimeRange.SHORT, 1L));
    }

    private CatalogueEntry tagged(String title, Tag... tags) {
        return approved(Samples.local(ResourceContent.titled(LocalizedText.of("en", title))
                .tags(List.of(tags))
                .build()));
    }

    @Test
    void resources_with_the_same_rare_tags_are_related_most_closely() {
        CatalogueEntry entry = tagged("First aid", RARE, COMMON);
        long common = tagged("Wound care", COMMON).id();
        long rare = tagged("Fangs", RARE).id();
        long both = tagged("Antivenom", RARE, COMMON).id();
        tagged("Weather", Tag.of("Topic", "Weather"));
        storage.resources()
                .save(Samples.local(Samples.titled("Pending").toBuilder()
                        .tags(List.of(RARE))
                        .build()));
        index();

        assertThat(ids(storage.catalogue().related(entry, 6))).containsExactly(both, rare, common);
        assertThat(ids(storage.catalogue().related(entry, 2))).containsExactly(both, rare);
    }

    @Test
    void resources_with_the_same_words_in_the_title_are_related_too() {
        CatalogueEntry entry = approved(Samples.local("Malaria nets"));
        long one = titled("Using nets");
        long two = titled("Nets against malaria");
        titled("Weather");
        index();

        assertThat(ids(storage.catalogue().related(entry, 6))).containsExactly(two, one);
        assertThat(storage.catalogue().related(approved(Samples.local("👩🏽‍⚕️")), 6))
                .isEmpty();
    }

    @Test
    void a_search_finds_longer_words() {
        SearchWord malarial = SearchWord.of("Malarial").get(0);
        List<SearchWord> wanted = SearchWord.of("nets malária mal");

        assertThat(storage.catalogue().finder("en", wanted).apply(malarial)).hasValue(wanted.get(1));
        assertThat(storage.catalogue().finder("xx", SearchWord.of("malarials")).apply(malarial))
                .isEmpty();
        assertThat(storage.catalogue().finder("en", List.of()).apply(malarial)).isEmpty();
    }

    private List<Long> browsed(BrowseQuery query) {
        return storage.catalogue().browse(query, Order.BEST_FIRST, 0, 2 * Catalogue.MAX_FOUND).items().stream()
                .map(CatalogueEntry::id)
                .toList();
    }

    private static List<Long> ids(List<ListedResource> resources) {
        return resources.stream().map(ListedResource::id).toList();
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.FacetedEntries;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.storage.Slice;

/** Contract tests of {@link Catalogue#search}. */
@Timeout(60)
abstract class SearchContract extends LibraryContract {

    @Test
    void a_resource_is_found_as_it_was_saved() {
        CatalogueEntry entry = approved(Samples.local(Samples.hostile()));

        assertThat(storage.catalogue().search("hand washing", 0, 10))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo(entry.id());
                    assertThat(found.position()).isEqualTo(entry.position());
                    assertSame(found.resource(), entry.resource());
                });
    }

    @Test
    void letter_case_is_ignored() {
        long id = titled("Safe WATER at home");

        assertFinds(id, "safe", "SAFE", "Water", "wATER");
    }

    @Test
    void accents_are_ignored_in_the_query_and_in_the_text() {
        long accented = titled("Vacunación más segura, Müller, œdème, Søren, Straße");
        long plain = titled("vacunacion mas segura muller oedeme soren strasse");

        for (String word : List.of(
                "vacunación",
                "vacunacion",
                "vacunacio\u0301n",
                "VACUNACIÓN",
                "más",
                "mas",
                "mùller",
                "muller",
                "œdème",
                "oedeme",
                "søren",
                "soren",
                "straße",
                "strasse",
                "STRAẞE")) {
            assertThat(found(word)).as(word).containsExactlyInAnyOrder(accented, plain);
        }
    }

    @Test
    void a_word_is_found_by_its_beginning_but_not_by_its_middle_or_a_longer_word() {
        long id = titled("Handwashing");

        assertFinds(id, "h", "hand", "handwashin", "handwashing");
        assertThat(found("washing")).isEmpty();
        assertThat(found("handwashingx")).isEmpty();
    }

    @Test
    void all_words_must_occur_in_any_order_and_any_text() {
        long both = approved(content(Map.of("en", "Clean water")).description(LocalizedText.of("es", "en casa")))
                .id();
        titled("Clean hands");

        assertFinds(both, "water clean", "clean casa", "CASA   wat cle", "water water");
        assertThat(found("water hands")).isEmpty();
        assertThat(found("clean nothing")).isEmpty();
    }

    @Test
    void every_language_is_searched() {
        long id = approved(content(Map.of("en", "Water", "pt-br", "Água", "sw", "Maji", "xx-unknown", "Neznámý"))
                        .description(new LocalizedText(
                                Map.of("fr", "Lavage des mains", "hi", "हाथ धोना", "ru", "Мытьё рук"))))
                .id();

        assertFinds(id, "water", "agua", "maji", "neznamy", "mains", "धोना", "мытье", "мытьё", "Água Maji mains рук");
        // Vowel signs are not accents.
        assertThat(found("धन")).isEmpty();
    }

    @Test
    void tags_are_found_by_name_and_category_in_all_languages() {
        Tag tag = SampleTag.tag("Audience", "Midwife")
                .categories(LocalizedText.of("es", "Público"))
                .names(LocalizedText.of("es", "Partera"))
                .build();
        long id = approved(content(Map.of("en", "Birth")).tags(List.of(tag))).id();
        titled("Other");

        assertFinds(id, "audience", "midwife", "publico", "partera", "birth midwife");
    }

    @Test
    void attribution_and_titles_of_links_and_files_are_found() {
        long id = approved(content(Map.of("en", "Birth"))
                        .attribution(LocalizedText.of("en", "Unicef"))
                        .attachments(List.of(
                                SampleAttachment.link("https://l.example")
                                        .title("Brochure")
                                        .build(),
                                SampleAttachment.file("https://f.example")
                                        .title("Poster")
                                        .build())))
                .id();

        assertFinds(id, "unicef", "brochure", "poster");
        assertThat(found("https")).isEmpty();
    }

    @Test
    void a_title_comes_before_tags_and_these_before_other_titles_and_the_description() {
        long description = approved(content(Map.of("en", "One"))
                        .description(LocalizedText.of("en", "Malaria, malaria, malarial, malarian. ".repeat(50))))
                .id();
        long attribution = approved(content(Map.of("en", "Two")).attribution(LocalizedText.of("en", "Malaria fund")))
                .id();
        long tag = approved(content(Map.of("en", "Three")).tags(List.of(Tag.of("Topic", "Malaria"))))
                .id();
        long title = titled("Four words and malaria at the end");

        assertThat(found("malaria")).containsExactly(title, tag, attribution, description);
    }

    @Test
    void ties_are_ordered_by_number_even_after_a_resource_is_saved_again() {
        List<Long> ids = Stream.generate(() -> titled("Same")).limit(6).toList();
        saveAgain(ids.get(3));
        saveAgain(ids.get(0));

        assertThat(found("same")).isEqualTo(ids);
    }

    @Test
    void results_come_in_slices() {
        List<Long> ids = List.of(titled("Same"), titled("Same"), titled("Same"));

        assertThat(found("same", 0, 2)).isEqualTo(ids.subList(0, 2));
        assertThat(found("same", 2, 2)).isEqualTo(ids.subList(2, 3));
        assertThat(found("same", 3, 2)).isEmpty();
        assertThat(found("same", Integer.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void only_approved_resources_are_found() {
        storage.resources().save(Samples.local("Water pending"));
        storage.resources().save(approvedResource("Water rejected").reject(Samples.NOON));
        storage.resources().save(approvedResource("Water archived").archive(Samples.NOON));
        long approved = titled("Water approved");

        assertFinds(approved, "water");
    }

    private Resource approvedResource(String title) {
        return approved(Samples.local(title)).resource();
    }

    @Test
    void an_update_changes_the_words_by_which_a_resource_is_found() {
        CatalogueEntry before = approved(Samples.local("Water"));

        storage.resources().save(before.resource().edit(Samples.titled("Soap"), Samples.AMINA, Samples.NOON));

        assertFinds(before.id(), "soap");
        assertThat(found("water")).isEmpty();
    }

    @Test
    void the_text_of_html_is_found_and_not_the_markup() {
        long id = approved(content(Map.of("en", "Leaf"))
                        .description(LocalizedText.of(
                                "es",
                                "<!-- comment --><p class=\"intro\">Informaci&oacute;n<br>nueva: <b>V</b>acunas &#38; m&#225;s"
                                        + " &lt;dosis&gt;</p><ul><li>uno</li><li>dos</li></ul>"
                                        + "<script>alert(1)</script><style>.red {}</style>")))
                .id();

        assertFinds(id, "información", "informacion", "nueva", "vacunas", "más", "dosis", "uno dos");
        for (String unseen :
                List.of("p", "intro", "class", "br", "oacute", "comment", "alert", "red", "unodos", "lt")) {
            assertThat(found(unseen)).as(unseen).isEmpty();
        }
    }

    @Test
    void arabic_is_found_with_and_without_its_points() {
        long bare = approved(content(Map.of("ar", "غسل اليدين للأطفال"))).id();
        long pointed = approved(content(Map.of("ar", "غَسْلُ اليَدَيْنِ لِلأَطْفَالِ")))
                .id();

        for (String query : List.of("غسل", "غَسْل", "اليدين", "غسـل اليَدَيْن", "للاطفال")) {
            assertThat(found(query)).as(query).containsExactlyInAnyOrder(bare, pointed);
        }
    }

    @Test
    void a_hyphen_separates_words_and_invisible_characters_do_not() {
        long id = titled("COVID-19: infor\u00ADmation e\u200Dbook, v2.0/b_c");

        assertFinds(
                id, "COVID-19", "covid 19", "covid", "19", "information", "ebook", "v2", "c", "b_c", "\"covid-19\"");
        assertThat(found("covid19")).isEmpty();
    }

    @Test
    void numbers_are_words_in_any_form() {
        long id = titled("1e5 007 5e3mg 12abc 0x1F 1st ١٩");

        assertFinds(id, "1e5", "1e", "007", "00", "5e3mg", "5e3m", "12abc", "0x1f", "1st", "19", "١٩");
    }

    @Test
    void scripts_without_spaces_are_found_from_the_beginning_of_a_run() {
        long id = approved(content(Map.of("zh-hant", "洗手指南。安全", "ja", "がんの予防", "th", "ล้างมือ")))
                .id();

        assertFinds(id, "洗手", "安全", "がん", "ล้าง");
        assertThat(found("かん")).isEmpty();
    }

    @Test
    void a_query_without_a_word_finds_nothing() {
        titled("Water 👩🏽‍⚕️ & soap");

        for (String query : List.of("", " ", "👩🏽‍⚕️", "&", "\u0000", "\uD83D", "\u0301", "\uFE0F", "—", "ـ")) {
            assertThat(found(query)).as(query).isEmpty();
        }
    }

    @Test
    void a_resource_without_any_word_is_saved_and_not_found() {
        CatalogueEntry entry = approved(Samples.local("👩🏽‍⚕️"));

        assertThat(found("👩🏽‍⚕️")).isEmpty();
        storage.resources().save(entry.resource().edit(Samples.titled("💉 needle"), Samples.AMINA, Samples.NOON));
        assertFinds(entry.id(), "needle 💉");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "water & | ! ( ) : * ' \" \\ <->",
                "water' | 'x",
                "!water",
                "water:*",
                "'water':*A",
                "water <-> ",
                "((((water",
                "water\\",
                "\"water",
                "-water",
                "water\u0000",
                "wat\uFEFFer",
                "\uD83Dwater",
                "water\uDC00\uD800",
                "water%_?",
                "$1 water",
                "water;--",
            })
    void every_string_is_a_valid_query(String query) {
        long id = titled("1 x a water");

        assertFinds(id, query);
    }

    @Test
    void only_the_first_words_of_a_long_query_count() {
        String first = "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20";
        long id = titled(first + " " + "long".repeat(50));

        assertFinds(id, first, first + " w20 w1 other", first + " more".repeat(2_000));
        assertThat(found("other " + first)).isEmpty();
        assertThat(found("a".repeat(10_000))).isEmpty();
        assertThat(found("' ".repeat(5_000))).isEmpty();
        assertFinds(id, "long".repeat(25), "long".repeat(50), "long".repeat(2_500));
    }

    @Test
    void resources_saved_in_bulk_are_found_once_they_are_indexed() {
        List<Resource> many = IntStream.range(0, 150)
                .mapToObj(number -> approvedResource("Water " + number))
                .toList();
        storage.resources().save(many);
        indexAll();

        assertThat(found("water", 0, 200)).hasSize(150);
        assertThat(storage.catalogue().index(100)).isZero();
    }

    @Test
    void of_too_many_matches_those_with_the_words_in_the_title_are_found_and_then_the_newest() {
        long oldTitle = titled("Soap and water");
        approved(content(Map.of("en", "Too old")).description(LocalizedText.of("en", "Water, soap")));
        List<Resource> many = new ArrayList<>();
        for (int number = 1; number < Catalogue.MAX_FOUND; number++) {
            many.add(Samples.local(content(Map.of("en", "Number " + number))
                            .description(LocalizedText.of("en", "Water and soap, soap, soap"))
                            .build())
                    .approve(Samples.NOON));
        }
        storage.resources().save(many);
        indexAll();
        BrowseQuery query = BrowseQuery.APPROVED.holding("water soap");

        Slice<CatalogueEntry> first = storage.catalogue().browse(query, BrowseQuery.Order.BEST_FIRST, 0, 20);
        assertThat(first.total()).isEqualTo(Catalogue.MAX_FOUND);
        assertThat(first.last()).isFalse();
        assertThat(first.items()).first().extracting(CatalogueEntry::id).isEqualTo(oldTitle);
        List<CatalogueEntry> all = storage.catalogue().search("water soap", 0, 2 * Catalogue.MAX_FOUND);
        assertThat(all.stream().map(CatalogueEntry::id))
                .hasSize(Catalogue.MAX_FOUND)
                .doesNotHaveDuplicates();
        assertThat(all.stream().map(entry -> entry.resource().content().title().best(List.of())))
                .doesNotContain("Too old");
        assertThat(storage.catalogue().search("water soap", Catalogue.MAX_FOUND, 20))
                .isEmpty();
        // One resource has the words in its title. Pages that it fills have the same order as others.
        assertThat(page(query, 0, 1)).isEqualTo(ids(all.subList(0, 1)));
        assertThat(page(query, 0, 2)).isEqualTo(ids(all.subList(0, 2)));
        assertThat(page(query, 1, 2)).isEqualTo(ids(all.subList(1, 3)));
        Facets facets = storage.catalogue().facets(query);
        assertThat(facets.complete()).isFalse();
        assertThat(facets.languages())
                .singleElement()
                .satisfies(language -> assertThat(language.count()).isEqualTo(Catalogue.MAX_FOUND));
        FacetedEntries faceted = storage.catalogue().browseWithFacets(query, BrowseQuery.Order.BEST_FIRST, 0, 20);
        assertThat(ids(faceted.entries().items())).isEqualTo(ids(first.items()));
        assertThat(faceted.facets()).isEqualTo(facets);

        Slice<CatalogueEntry> fewer = storage.catalogue()
                .browse(BrowseQuery.APPROVED.holding("number soap"), BrowseQuery.Order.NEWEST_FIRST, 0, 20);
        assertThat(fewer.total()).isEqualTo(Catalogue.MAX_FOUND - 1);
        assertThat(storage.catalogue()
                        .facets(BrowseQuery.APPROVED.holding("number soap"))
                        .complete())
                .isTrue();
    }

    private List<Long> page(BrowseQuery query, int offset, int limit) {
        Slice<CatalogueEntry> page = storage.catalogue().browse(query, BrowseQuery.Order.BEST_FIRST, offset, limit);
        assertThat(page.total()).isEqualTo(Catalogue.MAX_FOUND);
        return ids(page.items());
    }

    private static List<Long> ids(List<CatalogueEntry> entries) {
        return entries.stream().map(CatalogueEntry::id).toList();
    }

    private void indexAll() {
        Await.await("every resource is indexed", () -> {
            storage.catalogue().index(100);
            return storage.catalogue().unindexed(10) == 0;
        });
    }

    private void assertFinds(long id, String... queries) {
        for (String query : queries) {
            assertThat(found(query)).as(query).containsExactly(id);
        }
    }

    private List<Long> found(String query) {
        return found(query, 0, 100);
    }

    private List<Long> found(String query, int offset, int limit) {
        return storage.catalogue().search(query, offset, limit).stream()
                .map(CatalogueEntry::id)
                .toList();
    }

    private long titled(String title) {
        return approved(Samples.local(title)).id();
    }

    private static ResourceContent.Builder content(Map<String, String> title) {
        return ResourceContent.titled(new LocalizedText(title));
    }

    private CatalogueEntry approved(ResourceContent.Builder content) {
        return approved(Samples.local(content.build()));
    }
}

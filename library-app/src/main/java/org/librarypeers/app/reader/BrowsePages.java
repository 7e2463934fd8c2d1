package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.FirstAdministrator;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.Source;

/** The pages on which readers look for resources: home, search and tags. */
public final class BrowsePages {

    private static final int LATEST = 6;
    private static final int TOPICS = 5;
    private static final int MOST_TOPICS = 20;
    private static final int LONGEST_SUMMARY = 200;

    /** The number at which counting the resources that cannot be found yet stops. */
    private static final int MOST_UNINDEXED = 10_000;

    private final FirstAdministrator firstAdministrator;
    private final List<String> contentLanguages;

    /** Creates the pages with these services. */
    public BrowsePages(FirstAdministrator firstAdministrator, List<String> contentLanguages) {
        this.firstAdministrator = firstAdministrator;
        this.contentLanguages = contentLanguages;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/", this::home);
        routes.get("/search", this::search);
        routes.get("/tag/{slug}", this::tag);
    }

    private boolean isFirstAwaited(Visit visit) {
        return visit.account() == null && firstAdministrator.isAwaited();
    }

    private void home(Visit visit) {
        ReadingLanguages reading = new ReadingLanguages(visit, contentLanguages, null);
        Catalogue catalogue = visit.reads().catalogue();
        Slice<CatalogueEntry> latest = catalogue.browse(BrowseQuery.APPROVED, Order.NEWEST_FIRST, 0, LATEST);
        if (latest.total() == 0) {
            visit.render("reader/empty", Map.of("first", isFirstAwaited(visit)));
            return;
        }
        SearchFilters all = new SearchFilters("", List.of(), null, null);
        Facets facets = catalogue.facets(BrowseQuery.APPROVED);
        visit.render(
                "reader/home",
                Map.of(
                        "first",
                        isFirstAwaited(visit),
                        "total",
                        latest.total(),
                        "topics",
                        topics(
                                visit,
                                facets.tags(),
                                reading,
                                slug -> all.withTag(slug).address()),
                        "languages",
                        FilterChoices.byLanguage(
                                interfaceText(visit, "reader.written"),
                                facets.languages(),
                                reading,
                                code -> all.in(code).address()),
                        "latest",
                        Card.of(latest.items(), reading, List.of())));
    }

    /**
     * Returns the tags of the topics that the administrator chose, in that order, otherwise those of the library's own categories. If
     * there is neither, returns the largest categories.
     */
    private static List<FilterChoices> topics(
            Visit visit, List<Facets.TagCount> tags, ReadingLanguages reading, Function<String, String> address) {
        List<String> chosen = visit.reads().tags().topics();
        List<FilterChoices> topics = chosen.stream()
                .map(category -> tags.stream()
                        .filter(counted -> counted.tag().tag().category().equals(category))
                        .toList())
                .filter(ofCategory -> !ofCategory.isEmpty())
                .map(ofCategory -> FilterChoices.ofCategory(ofCategory, reading, address))
                .limit(MOST_TOPICS)
                .toList();
        return topics.isEmpty()
                ? FilterChoices.byTag(tags, reading, tag -> false, address).stream()
                        .limit(TOPICS)
                        .toList()
                : topics;
    }

    private static Text interfaceText(Visit visit, String key) {
        return new Text(visit.words().language(), visit.say(key));
    }

    private void search(Visit visit) {
        Catalogue catalogue = visit.reads().catalogue();
        SearchFilters filters = SearchFilters.read(visit);
        List<CatalogueTag> tags = filters.tags().stream()
                .flatMap(slug -> find(visit, slug).stream())
                .toList();
        boolean allKnown = tags.size() == filters.tags().size();
        int page = Pager.requested(visit);
        BrowseQuery query = query(filters, tags);
        Slice<CatalogueEntry> slice = allKnown
                ? catalogue.browse(query, Order.BEST_FIRST, Pager.offset(page), Pager.SIZE)
                : new Slice<>(List.of(), 0, true);
        Pager pager = Pager.of(page, slice.total(), filters::address);
        if (!pager.exists()) {
            visit.notFound();
            return;
        }
        if (slice.total() == 0 && !visit.may(Role.CONTRIBUTOR)) {
            // A tag that only unpublished resources have is not public either.
            tags = tags.stream().filter(tag -> isPublic(catalogue, tag)).toList();
        }
        Facets facets = allKnown ? catalogue.facets(query) : new Facets(List.of(), List.of(), List.of());
        ReadingLanguages reading = new ReadingLanguages(visit, contentLanguages, null);
        List<SearchWord> found = SearchWord.of(filters.words());
        visit.render(
                "reader/search",
                Map.of(
                        "filters",
                        filters,
                        "chosen",
                        chosen(visit, filters, tags, facets, reading),
                        "choices",
                        choices(visit, filters, facets, reading),
                        "total",
                        slice.total(),
                        "bounded",
                        !filters.words().isBlank() && slice.total() >= Catalogue.MAX_FOUND,
                        "complete",
                        facets.complete(),
                        "unindexed",
                        filters.words().isBlank() ? 0 : catalogue.unindexed(MOST_UNINDEXED),
                        "cards",
                        Card.of(slice.items(), reading, found),
                        "pager",
                        pager));
    }

    private static boolean isPublic(Catalogue catalogue, CatalogueTag tag) {
        BrowseQuery query = BrowseQuery.APPROVED.tagged(Set.of(tag.id()));
        return catalogue.browse(query, Order.NEWEST_FIRST, 0, 1).total() > 0;
    }

    private static Optional<CatalogueTag> find(Visit visit, String slug) {
        return Slug.parse(slug).flatMap(known -> visit.reads().tags().find(known));
    }

    private static BrowseQuery query(SearchFilters filters, List<CatalogueTag> tags) {
        return BrowseQuery.APPROVED
                .holding(filters.words())
                .tagged(tags.stream().map(CatalogueTag::id).collect(Collectors.toSet()))
                .in(filters.language())
                .from(source(filters.source()));
    }

    private static @Nullable Source source(@Nullable String requested) {
        if (requested == null) {
            return null;
        }
        return requested.equals(SearchFilters.HERE) ? new Source.Here() : new Source.Maker(requested);
    }

    private static List<SearchFilters.ChosenFilter> chosen(
            Visit visit, SearchFilters filters, List<CatalogueTag> tags, Facets facets, ReadingLanguages reading) {
        List<SearchFilters.ChosenFilter> all = new ArrayList<>();
        Map<String, Tag> bySlug =
                tags.stream().collect(Collectors.toMap(tag -> tag.slug().value(), CatalogueTag::tag, (a, b) -> a));
        for (String slug : filters.tags()) {
            Tag tag = bySlug.get(slug);
            all.add(new SearchFilters.ChosenFilter(
                    tag == null
                            ? visit.say("reader.topic")
                            : reading.category(tag).value(),
                    tag == null ? new Text(visit.words().language(), slug) : reading.name(tag),
                    filters.withoutTag(slug).address()));
        }
        if (filters.language() != null) {
            all.add(new SearchFilters.ChosenFilter(
                    visit.say("reader.written"),
                    new Text(visit.words().language(), visit.words().languageName(filters.language())),
                    filters.in(null).address()));
        }
        if (filters.source() != null) {
            all.add(new SearchFilters.ChosenFilter(
                    visit.say("reader.source"),
                    sourceName(visit, filters.source(), facets),
                    filters.from(null).address()));
        }
        return all;
    }

    private static Text sourceName(Visit visit, String requested, Facets facets) {
        Text here = interfaceText(visit, "reader.here");
        return facets.sources().stream()
                .filter(counted -> FilterChoices.key(counted.source()).equals(requested))
                .map(counted -> FilterChoices.sourceName(counted, here))
                .findFirst()
                .orElse(requested.equals(SearchFilters.HERE) ? here : new Text(here.language(), requested));
    }

    private static List<FilterChoices> choices(
            Visit visit, SearchFilters filters, Facets facets, ReadingLanguages reading) {
        List<FilterChoices> all = new ArrayList<>();
        Set<String> chosen = new HashSet<>(filters.tags());
        if (filters.takesMoreTags()) {
            all.addAll(FilterChoices.byTag(
                    facets.tags(),
                    reading,
                    tag -> chosen.contains(tag.slug().value()),
                    slug -> filters.withTag(slug).address()));
        }
        all.add(FilterChoices.byLanguage(
                interfaceText(visit, "reader.written"),
                facets.languages().stream()
                        .filter(counted -> !counted.language().equals(filters.language()))
                        .toList(),
                reading,
                code -> filters.in(code).address()));
        all.add(FilterChoices.bySource(
                interfaceText(visit, "reader.sources"),
                facets.sources().stream()
                        .filter(counted -> !FilterChoices.key(counted.source()).equals(filters.source()))
                        .toList(),
                interfaceText(visit, "reader.here"),
                place -> filters.from(place).address()));
        return all.stream().filter(choices -> !choices.first().isEmpty()).toList();
    }

    private void tag(Visit visit) {
        String slug = visit.ctx().pathParam("slug");
        Optional<CatalogueTag> known = find(visit, slug);
        if (known.isEmpty()) {
            visit.notFound();
            return;
        }
        int page = Pager.requested(visit);
        Slice<CatalogueEntry> slice = visit.reads()
                .catalogue()
                .browse(
                        BrowseQuery.APPROVED.tagged(Set.of(known.get().id())),
                        Order.NEWEST_FIRST,
                        Pager.offset(page),
                        Pager.SIZE);
        Pager pager = Pager.of(page, slice.total(), number -> "/tag/" + slug + (number > 1 ? "?page=" + number : ""));
        // A tag that only unpublished resources have is not public either.
        boolean isPublic = slice.total() > 0 || visit.may(Role.CONTRIBUTOR);
        if (!isPublic || !pager.exists()) {
            visit.notFound();
            return;
        }
        ReadingLanguages reading = new ReadingLanguages(visit, contentLanguages, null);
        Tag tag = known.get().tag();
        Text description = reading.text(tag.description().isEmpty() ? tag.summary() : tag.description());
        visit.render(
                "reader/tag",
                Map.of(
                        "name",
                        reading.name(tag),
                        "category",
                        reading.category(tag),
                        "about",
                        new ResourceView.Html(
                                description.language(), description.direction(), SafeHtml.clean(description.value())),
                        "summary",
                        Excerpt.ofHtml(description.value(), LONGEST_SUMMARY),
                        "slug",
                        slug,
                        "total",
                        slice.total(),
                        "cards",
                        Card.of(slice.items(), reading, List.of()),
                        "pager",
                        pager));
    }
}

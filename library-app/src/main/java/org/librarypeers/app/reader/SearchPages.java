package org.librarypeers.app.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.Facets;

/** The page on which readers search for resources. */
public final class SearchPages {

    /** The number at which counting the resources that cannot be found yet stops. The message says "or more" for it. */
    private static final int MOST_UNINDEXED = 10_000;

    /** Adds the page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/search", this::search);
    }

    private void search(Visit visit) {
        Catalogue catalogue = visit.reads().catalogue();
        SearchFilters filters = SearchFilters.read(visit);
        List<CatalogueTag> tags = filters.tags().stream()
                .flatMap(slug -> find(visit, slug).stream())
                .toList();
        boolean allKnown = tags.size() == filters.tags().size();
        int page = Pager.requested(visit);
        BrowseQuery query = filters.query(tags);
        SearchResults results =
                allKnown ? SearchResults.of(catalogue, filters, query, page) : SearchResults.none(query);
        long total = results.entries().total();
        Pager pager = Pager.of(page, total, filters::address);
        if (!pager.exists()) {
            visit.notFound();
            return;
        }
        if (total == 0 && !visit.may(Role.CONTRIBUTOR)) {
            // A tag that only unpublished resources have is not public either.
            tags = tags.stream().filter(tag -> isPublic(catalogue, tag)).toList();
        }
        Facets facets = results.facets();
        ReadingLanguages reading = new ReadingLanguages(visit, null);
        Map<String, Object> values = new HashMap<>(Map.of(
                "filters",
                filters,
                "chosen",
                chosen(visit, filters, tags, facets, reading),
                "choices",
                choices(visit, filters, facets, reading),
                "total",
                total,
                "any",
                results.any(),
                "bounded",
                results.query().isSearch() && total >= Catalogue.MAX_FOUND,
                "complete",
                facets.complete(),
                "unindexed",
                query.isSearch() ? catalogue.unindexed(MOST_UNINDEXED) : 0,
                "cards",
                Card.of(
                        results.entries().items(),
                        reading,
                        Highlighting.of(results.query().words(), catalogue)),
                "pager",
                pager));
        values.put("corrected", results.corrected());
        boolean foundAll = total > 0 && !results.any();
        values.put("uncorrecting", !foundAll && visit.may(Role.ADMIN) && !catalogue.correctsWords());
        visit.render("reader/search", values);
    }

    private static boolean isPublic(Catalogue catalogue, CatalogueTag tag) {
        BrowseQuery query = BrowseQuery.APPROVED.tagged(Set.of(tag.id()));
        return catalogue.browse(query, Order.NEWEST_FIRST, 0, 1).total() > 0;
    }

    private static Optional<CatalogueTag> find(Visit visit, String slug) {
        return Slug.parse(slug).flatMap(known -> visit.reads().tags().find(known));
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
        if (filters.type() != null) {
            all.add(new SearchFilters.ChosenFilter(
                    visit.say("reader.type"),
                    FilterChoices.typeName(filters.type(), visit.words()),
                    filters.ofType(null).address()));
        }
        if (filters.time() != null) {
            all.add(new SearchFilters.ChosenFilter(
                    visit.say("reader.time"),
                    FilterChoices.rangeName(filters.time(), visit.words()),
                    filters.taking(null).address()));
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
        Text here = BrowsePages.interfaceText(visit, "reader.here");
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
        if (filters.type() == null) {
            all.add(FilterChoices.byType(
                    BrowsePages.interfaceText(visit, "reader.type"),
                    facets.materials(),
                    reading,
                    type -> filters.ofType(type).address()));
        }
        if (filters.time() == null) {
            all.add(FilterChoices.byStudyTime(
                    BrowsePages.interfaceText(visit, "reader.time"),
                    facets.materials(),
                    reading,
                    range -> filters.taking(range).address()));
        }
        if (filters.takesMoreTags()) {
            all.addAll(FilterChoices.byTag(
                    facets.tags(),
                    reading,
                    tag -> chosen.contains(tag.slug().value()),
                    slug -> filters.withTag(slug).address()));
        }
        all.add(FilterChoices.byLanguage(
                BrowsePages.interfaceText(visit, "reader.written"),
                facets.languages().stream()
                        .filter(counted -> !counted.language().equals(filters.language()))
                        .toList(),
                reading,
                code -> filters.in(code).address()));
        all.add(FilterChoices.bySource(
                BrowsePages.interfaceText(visit, "reader.sources"),
                facets.sources().stream()
                        .filter(counted -> !FilterChoices.key(counted.source()).equals(filters.source()))
                        .toList(),
                BrowsePages.interfaceText(visit, "reader.here"),
                place -> filters.from(place).address()));
        return all.stream().filter(choices -> !choices.first().isEmpty()).toList();
    }
}

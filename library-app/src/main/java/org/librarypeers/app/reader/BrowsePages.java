package org.librarypeers.app.reader;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.librarypeers.sync.storage.Slice;

/** The pages on which readers begin to look for resources: home and tags. */
public final class BrowsePages {

    private static final int LATEST = 6;
    private static final int TOPICS = 5;
    private static final int MOST_TOPICS = 20;
    private static final int LONGEST_SUMMARY = 200;

    private final FirstAdministrator firstAdministrator;

    /** Creates the pages with these services. */
    public BrowsePages(FirstAdministrator firstAdministrator) {
        this.firstAdministrator = firstAdministrator;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/", this::home);
        routes.get("/tag/{slug}", this::tag);
    }

    private boolean isFirstAwaited(Visit visit) {
        return visit.account() == null && firstAdministrator.isAwaited();
    }

    private void home(Visit visit) {
        ReadingLanguages reading = new ReadingLanguages(visit, null);
        Catalogue catalogue = visit.reads().catalogue();
        Slice<CatalogueEntry> latest = catalogue.browse(BrowseQuery.APPROVED, Order.NEWEST_FIRST, 0, LATEST);
        if (latest.total() == 0) {
            visit.render("reader/empty", Map.of("first", isFirstAwaited(visit)));
            return;
        }
        SearchFilters all = SearchFilters.NONE;
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
                        Card.of(latest.items(), reading, Highlighting.NONE)));
    }

    /**
     * Returns the tags of the topics that the administrator chose, in that order, otherwise those of the library's own categories. If
     * there is neither, returns the largest categories.
     */
    private static List<FilterChoices> topics(
            Visit visit, List<Facets.TagCount> tags, ReadingLanguages reading, Function<String, String> address) {
        Map<String, List<Facets.TagCount>> byCategory = tags.stream()
                .collect(Collectors.groupingBy(counted -> counted.tag().tag().category()));
        List<FilterChoices> topics = visit.reads().tags().topics().stream()
                .filter(category -> byCategory.containsKey(category.name()))
                .map(category -> FilterChoices.ofCategory(
                                Objects.requireNonNull(byCategory.get(category.name())), reading, address)
                        .about(reading.plain(category.description())))
                .limit(MOST_TOPICS)
                .toList();
        return topics.isEmpty()
                ? FilterChoices.byTag(tags, reading, tag -> false, address).stream()
                        .limit(TOPICS)
                        .toList()
                : topics;
    }

    static Text interfaceText(Visit visit, String key) {
        return new Text(visit.words().language(), visit.say(key));
    }

    private void tag(Visit visit) {
        String slug = visit.ctx().pathParam("slug");
        Optional<CatalogueTag> known =
                Slug.parse(slug).flatMap(parsed -> visit.reads().tags().find(parsed));
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
        ReadingLanguages reading = new ReadingLanguages(visit, null);
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
                        Card.of(slice.items(), reading, Highlighting.NONE),
                        "pager",
                        pager));
    }
}

package org.librarypeers.app.curation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The list of categories, on which topics are chosen, and the pages of categories and tags. */
public final class VocabularyPages {

    /** The number of categories or tags on a page. */
    static final int PAGE = 50;

    private static final int MOST_TOPICS = 20;

    private final LibraryStorage storage;
    private final Curation curation;
    private final AuditTrail trail;
    private final CategoryPages categories;
    private final TagPages tags;

    /** Creates the pages with these services. */
    public VocabularyPages(LibraryStorage storage, CurationService service, Clock clock) {
        this.storage = storage;
        this.curation = storage.curation();
        this.trail = new AuditTrail(storage, clock);
        Vocabulary vocabulary = new Vocabulary(storage, service, trail);
        this.categories = new CategoryPages(vocabulary);
        this.tags = new TagPages(vocabulary);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/tags", Role.ADMIN, this::list);
        routes.post("/tags", Role.ADMIN, this::chooseTopics);
        categories.routes(routes);
        tags.routes(routes);
    }

    private void list(Visit visit) {
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<CuratedCategory> slice = curation.categories(page.offset(PAGE), PAGE);
        Map<String, Object> values = new HashMap<>(Map.of(
                "categories", slice.items(),
                "total", slice.total(),
                "chosen", slice.items().stream().anyMatch(CuratedCategory::topic) || page.value() > 1,
                "unfinished", curation.unfinished(),
                "first", page.offset(PAGE)));
        values.put("previous", page.previous("/tags?page="));
        values.put("next", page.next("/tags?page=", slice.last()));
        visit.render("curation/tags", values);
    }

    private record Place(long category, int place) {}

    /**
     * Saves the places of the categories that the form showed. Topics that it did not show keep theirs. If two have the same place,
     * the one that the form showed is first.
     */
    private void chooseTopics(Visit visit) {
        List<Long> shown = visit.ctx().formParams("category").stream()
                .filter(VocabularyForm::isNumber)
                .limit(PAGE)
                .map(Long::valueOf)
                .toList();
        List<Place> places = new ArrayList<>();
        for (Long category : shown) {
            String place = visit.field("place-" + category);
            if (place.matches("[1-9]\\d{0,3}")) {
                places.add(new Place(category, Integer.parseInt(place)));
            }
        }
        storage.inTransaction(() -> {
            int place = 0;
            for (CuratedCategory category : curation.categories(0, MOST_TOPICS).items()) {
                place++;
                if (category.topic() && !shown.contains(category.id())) {
                    places.add(new Place(category.id(), place));
                }
            }
            List<Long> chosen = places.stream()
                    .sorted(Comparator.comparingInt(Place::place))
                    .map(Place::category)
                    .limit(MOST_TOPICS)
                    .toList();
            curation.chooseTopics(chosen);
            trail.record(new AuditTrail.Note(
                    AuditAction.TOPICS_CHOSEN, null, Map.of("count", String.valueOf(chosen.size()))));
        });
        visit.go("/tags", "curation.topics.saved");
    }
}

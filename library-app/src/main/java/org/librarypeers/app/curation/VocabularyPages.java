package org.librarypeers.app.curation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;

/** The pages on which categories and tags are named, described, hidden and merged, and topics are chosen. */
public final class VocabularyPages {

    private static final int PAGE = 50;
    private static final int MOST_TOPICS = 20;
    private static final String NAME = "name";
    private static final String HIDDEN = "hidden";

    private final LibraryStorage storage;
    private final Curation curation;
    private final CurationService service;
    private final AuditTrail trail;
    private final List<String> languages;

    /** Creates the pages with these services. */
    public VocabularyPages(
            LibraryStorage storage, CurationService service, List<String> contentLanguages, Clock clock) {
        this.storage = storage;
        this.curation = storage.curation();
        this.service = service;
        this.trail = new AuditTrail(storage, clock);
        this.languages = contentLanguages;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/tags", Role.ADMIN, this::list);
        routes.post("/tags", Role.ADMIN, this::chooseTopics);
        routes.get("/categories/{id}", Role.ADMIN, this::category);
        routes.post("/categories/{id}", Role.ADMIN, this::saveCategory);
        routes.get("/categories/{id}/merge", Role.ADMIN, this::mergeCategory);
        routes.post("/categories/{id}/merge", Role.ADMIN, this::categoryMerged);
        routes.get("/tags/{id}", Role.ADMIN, this::tag);
        routes.post("/tags/{id}", Role.ADMIN, this::saveTag);
        routes.get("/tags/{id}/merge", Role.ADMIN, this::mergeTag);
        routes.post("/tags/{id}/merge", Role.ADMIN, this::tagMerged);
    }

    /**
     * A category or tag that is to be merged into another one.
     *
     * @param path the address of its page
     * @param category whether it is a category
     * @param name its name
     * @param typed what was typed as the other one
     * @param wrong why the other one cannot be used; null if it can
     * @param into the address part that identifies the other one; null if none was chosen yet
     * @param intoName the name of the other one; empty if none was chosen yet
     * @param resources the number of resources that will change
     */
    public record MergeView(
            String path,
            boolean category,
            String name,
            String typed,
            @Nullable String wrong,
            @Nullable String into,
            String intoName,
            long resources) {

        private MergeView into(long id, String itsName, long changing) {
            return new MergeView(path, category, name, typed, wrong, String.valueOf(id), itsName, changing);
        }
    }

    private static Optional<Long> id(Visit visit) {
        String text = visit.ctx().pathParam("id");
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
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

    /** Saves the places of the categories that the form showed. Topics that it did not show come after these, in their order. */
    private void chooseTopics(Visit visit) {
        List<Long> shown = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        visit.ctx().formParams("category").stream()
                .filter(text -> text.matches("[1-9]\\d{0,17}"))
                .limit(PAGE)
                .map(Long::valueOf)
                .forEach(category -> {
                    shown.add(category);
                    String place = visit.field("place-" + category);
                    if (place.matches("[1-9]\\d{0,3}")) {
                        places.add(new Place(category, Integer.parseInt(place)));
                    }
                });
        places.sort(Comparator.comparingInt(Place::place));
        storage.inTransaction(() -> {
            List<Long> chosen =
                    new ArrayList<>(places.stream().map(Place::category).toList());
            curation.categories(0, MOST_TOPICS).items().stream()
                    .filter(category -> category.topic() && !shown.contains(category.id()))
                    .forEach(category -> chosen.add(category.id()));
            List<Long> kept = chosen.subList(0, Math.min(MOST_TOPICS, chosen.size()));
            curation.chooseTopics(kept);
            trail.record(
                    new AuditTrail.Note(AuditAction.TOPICS_CHOSEN, null, Map.of("count", String.valueOf(kept.size()))));
        });
        visit.go("/tags", "curation.topics.saved");
    }

    // -------------------------------------------------------------------------------------------------------
    // categories

    private Optional<CuratedCategory> foundCategory(Visit visit) {
        return id(visit).flatMap(curation::category);
    }

    private void category(Visit visit) {
        foundCategory(visit).ifPresentOrElse(category -> show(visit, 200, category, filled(category)), visit::notFound);
    }

    private FormData filled(CuratedCategory category) {
        return Texts.fill(
                        new FormData().with(NAME, category.name()).with(HIDDEN, category.hidden() ? "on" : ""),
                        "names",
                        category.names(),
                        languages)
                .sealed();
    }

    private void show(Visit visit, int status, CuratedCategory category, FormData form) {
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<CuratedTag> tags = curation.tags(category.id(), page.offset(PAGE), PAGE);
        Map<String, Object> values = new HashMap<>(Map.of(
                "category", category,
                "form", form,
                "tags", tags.items(),
                "languages", Texts.languages(languages, category.names()),
                "resources", curation.resources(curation.named(category.name(), null), null)));
        String address = "/categories/" + category.id() + "?page=";
        values.put("previous", page.previous(address));
        values.put("next", page.next(address, tags.last()));
        visit.render(status, "curation/category", values);
    }

    private void saveCategory(Visit visit) {
        CuratedCategory category = foundCategory(visit).orElse(null);
        if (category == null) {
            visit.notFound();
            return;
        }
        FormData form = Texts.read(visit, new FormData().with(FormData.SEEN, visit.field(FormData.SEEN)), NAME, HIDDEN);
        LocalizedText names =
                Texts.sent(visit, form, "names", category.names(), Texts.languages(languages, category.names()));
        checkName(visit, form);
        if (form.isGood() && !form.isBasedOn(filled(category))) {
            form.with(FormData.SEEN, filled(category).value(FormData.SEEN));
            form.refuse("all", visit.say("curation.changed"));
            show(visit, 409, category, form);
            return;
        }
        boolean saved = form.isGood()
                && saved(visit, form, () -> {
                    service.edit(
                            category,
                            form.value(NAME),
                            names,
                            !form.value(HIDDEN).isEmpty(),
                            visit.signedIn().name());
                    trail.record(new AuditTrail.Note(
                            AuditAction.CATEGORY_EDITED, new Subject("category", form.value(NAME), null)));
                    return true;
                });
        if (saved) {
            visit.go("/categories/" + category.id(), "curation.saved", form.value(NAME));
        } else {
            show(visit, 422, category, form);
        }
    }

    private static void checkName(Visit visit, FormData form) {
        if (form.value(NAME).isEmpty()) {
            form.refuse(NAME, visit.say("curation.name.missing"));
        } else if (form.value(NAME).length() > Tag.MAX_NAME) {
            form.refuse(NAME, visit.say("curation.long", Tag.MAX_NAME));
        }
    }

    /** Saves in one transaction. Returns false, with an error in the form, if the values cannot be saved. */
    private boolean saved(Visit visit, FormData form, Supplier<Boolean> work) {
        try {
            return storage.inTransaction(work);
        } catch (CurationService.NameTakenException e) {
            form.refuse(NAME, visit.say("curation.name.taken"));
        } catch (IllegalArgumentException e) {
            form.refuse(NAME, visit.say("curation.refused"));
        }
        return false;
    }

    private void mergeCategory(Visit visit) {
        CuratedCategory from = foundCategory(visit).orElse(null);
        if (from == null) {
            visit.notFound();
            return;
        }
        String typed = visit.parameter("into");
        CuratedCategory into = typed.isEmpty() ? null : curation.category(typed).orElse(null);
        String wrong = typed.isEmpty()
                ? null
                : into == null
                        ? visit.say("curation.merge.unknown")
                        : into.id() == from.id() ? visit.say("curation.merge.same") : null;
        MergeView none = new MergeView("/categories/" + from.id(), true, from.name(), typed, wrong, null, "", 0);
        merge(
                visit,
                into == null || wrong != null
                        ? none
                        : none.into(
                                into.id(), into.name(), curation.resources(curation.named(from.name(), null), null)),
                curation.categories(0, PAGE).items().stream()
                        .map(CuratedCategory::name)
                        .filter(name -> !name.equals(from.name()))
                        .toList());
    }

    private static void merge(Visit visit, MergeView view, List<String> suggestions) {
        visit.render(
                view.wrong() == null ? 200 : 422, "curation/merge", Map.of("merge", view, "suggestions", suggestions));
    }

    private static Optional<Long> into(Visit visit) {
        String text = visit.field("into");
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private void categoryMerged(Visit visit) {
        CuratedCategory from = foundCategory(visit).orElse(null);
        CuratedCategory into = into(visit).flatMap(curation::category).orElse(null);
        if (from == null || into == null || from.id() == into.id()) {
            visit.notFound();
            return;
        }
        storage.inTransaction(() -> {
            service.merge(from, into, visit.signedIn().name());
            trail.record(new AuditTrail.Note(
                    AuditAction.TAGS_MERGED, new Subject("category", from.name(), null), Map.of("into", into.name())));
        });
        visit.go("/categories/" + into.id(), "curation.merged", from.name(), into.name());
    }

    // -------------------------------------------------------------------------------------------------------------
    // tags

    private Optional<CuratedTag> foundTag(Visit visit) {
        return id(visit).flatMap(curation::tag);
    }

    private void tag(Visit visit) {
        foundTag(visit).ifPresentOrElse(tag -> show(visit, 200, tag, filled(tag)), visit::notFound);
    }

    private FormData filled(CuratedTag curated) {
        Tag tag = curated.tag().tag();
        FormData form = new FormData().with(NAME, tag.name()).with(HIDDEN, curated.hidden() ? "on" : "");
        Texts.fill(form, "names", tag.names(), languages);
        Texts.fill(form, "description", tag.description(), languages);
        return Texts.fill(form, "summary", tag.summary(), languages).sealed();
    }

    private void show(Visit visit, int status, CuratedTag curated, FormData form) {
        Tag tag = curated.tag().tag();
        visit.render(
                status,
                "curation/tag",
                Map.of(
                        "tag",
                        curated,
                        "form",
                        form,
                        "languages",
                        languages(tag),
                        "resources",
                        curation.resources(List.of(curated.tag().id()), null)));
    }

    private List<String> languages(Tag tag) {
        return Texts.languages(languages, tag.names(), tag.description(), tag.summary());
    }

    private void saveTag(Visit visit) {
        CuratedTag curated = foundTag(visit).orElse(null);
        if (curated == null) {
            visit.notFound();
            return;
        }
        Tag tag = curated.tag().tag();
        FormData form = Texts.read(visit, new FormData().with(FormData.SEEN, visit.field(FormData.SEEN)), NAME, HIDDEN);
        LocalizedText names = Texts.sent(visit, form, "names", tag.names(), languages(tag));
        LocalizedText description = Texts.sent(visit, form, "description", tag.description(), languages(tag));
        LocalizedText summary = Texts.sent(visit, form, "summary", tag.summary(), languages(tag));
        checkName(visit, form);
        if (form.isGood() && !form.isBasedOn(filled(curated))) {
            form.with(FormData.SEEN, filled(curated).value(FormData.SEEN));
            form.refuse("all", visit.say("curation.changed"));
            show(visit, 409, curated, form);
            return;
        }
        boolean saved = form.isGood()
                && saved(visit, form, () -> {
                    Tag wanted = new Tag(
                            tag.guid(),
                            tag.category(),
                            form.value(NAME),
                            tag.categories(),
                            names,
                            description,
                            summary,
                            tag.image());
                    service.edit(
                            curated,
                            wanted,
                            !form.value(HIDDEN).isEmpty(),
                            visit.signedIn().name());
                    trail.record(new AuditTrail.Note(AuditAction.TAG_EDITED, new Subject("tag", label(wanted), null)));
                    return true;
                });
        if (saved) {
            visit.go("/tags/" + curated.tag().id(), "curation.saved", form.value(NAME));
        } else {
            show(visit, 422, curated, form);
        }
    }

    private static String label(Tag tag) {
        return tag.category() + ": " + tag.name();
    }

    private void mergeTag(Visit visit) {
        CuratedTag from = foundTag(visit).orElse(null);
        if (from == null) {
            visit.notFound();
            return;
        }
        String typed = visit.parameter("into");
        CuratedTag into = typed.isEmpty() ? null : named(from, typed).orElse(null);
        boolean isSame = into != null && into.tag().id() == from.tag().id();
        String wrong = typed.isEmpty()
                ? null
                : into == null ? visit.say("curation.merge.unknown") : isSame ? visit.say("curation.merge.same") : null;
        MergeView none = new MergeView(
                "/tags/" + from.tag().id(), false, label(from.tag().tag()), typed, wrong, null, "", 0);
        merge(
                visit,
                into == null || wrong != null
                        ? none
                        : none.into(
                                into.tag().id(),
                                label(into.tag().tag()),
                                curation.resources(List.of(from.tag().id()), null)),
                curation.tags(from.category(), 0, PAGE).items().stream()
                        .filter(tag -> tag.tag().id() != from.tag().id())
                        .map(tag -> label(tag.tag().tag()))
                        .toList());
    }

    /** Returns the tag that was typed as {@code category: name}, or as a name in the same category. */
    private Optional<CuratedTag> named(CuratedTag from, String typed) {
        int colon = typed.indexOf(':');
        List<Long> found = colon < 0
                ? List.of()
                : curation.named(
                        typed.substring(0, colon), typed.substring(colon + 1).strip());
        if (found.isEmpty()) {
            found = curation.named(from.tag().tag().category(), typed);
        }
        return found.stream().findFirst().flatMap(curation::tag);
    }

    private void tagMerged(Visit visit) {
        CuratedTag from = foundTag(visit).orElse(null);
        CuratedTag into = into(visit).flatMap(curation::tag).orElse(null);
        if (from == null || into == null || from.tag().id() == into.tag().id()) {
            visit.notFound();
            return;
        }
        storage.inTransaction(() -> {
            service.merge(from, into, visit.signedIn().name());
            trail.record(new AuditTrail.Note(
                    AuditAction.TAGS_MERGED,
                    new Subject("tag", label(from.tag().tag()), null),
                    Map.of("into", label(into.tag().tag()))));
        });
        visit.go(
                "/tags/" + into.tag().id(),
                "curation.merged",
                label(from.tag().tag()),
                label(into.tag().tag()));
    }
}

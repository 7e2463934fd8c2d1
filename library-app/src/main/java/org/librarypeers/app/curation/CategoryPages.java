package org.librarypeers.app.curation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.storage.Slice;

/** The pages on which a category is named, translated, described, hidden and merged. */
final class CategoryPages {

    /** The address of the pages of categories, before their numbers. */
    static final String PATH = "/categories/";

    private final Vocabulary vocabulary;

    CategoryPages(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void routes(PageRoutes routes) {
        routes.get(PATH + "{id}", Role.ADMIN, this::open);
        routes.post(PATH + "{id}", Role.ADMIN, this::save);
        routes.get(PATH + "{id}/merge", Role.ADMIN, this::merge);
        routes.post(PATH + "{id}/merge", Role.ADMIN, this::merged);
    }

    private Optional<CuratedCategory> found(Visit visit) {
        return VocabularyForm.id(visit).flatMap(vocabulary.curation()::category);
    }

    private void open(Visit visit) {
        found(visit).ifPresentOrElse(category -> show(visit, 200, category, filled(visit, category)), visit::notFound);
    }

    private FormData filled(Visit visit, CuratedCategory category) {
        FormData form = new FormData()
                .with(VocabularyForm.NAME, category.name())
                .with(VocabularyForm.HIDDEN, category.hidden() ? "on" : "");
        Texts.fill(form, "names", category.names(), visit.contentLanguages());
        return Texts.fill(form, VocabularyForm.DESCRIPTION, category.description(), visit.contentLanguages())
                .sealed();
    }

    private static List<String> languages(Visit visit, CuratedCategory category) {
        return Texts.languages(visit.contentLanguages(), category.names(), category.description());
    }

    private void show(Visit visit, int status, CuratedCategory category, FormData form) {
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<CuratedTag> tags =
                vocabulary.curation().tags(category.id(), page.offset(VocabularyPages.PAGE), VocabularyPages.PAGE);
        Map<String, Object> values = new HashMap<>(Map.of(
                "category", category,
                "form", form,
                "tags", tags.items(),
                "languages", languages(visit, category),
                "resources", resources(category)));
        String address = PATH + category.id() + "?page=";
        values.put("previous", page.previous(address));
        values.put("next", page.next(address, tags.last()));
        visit.render(status, "curation/category", values);
    }

    private void save(Visit visit) {
        CuratedCategory category = found(visit).orElse(null);
        if (category == null) {
            visit.notFound();
            return;
        }
        FormData form = Texts.read(
                visit,
                new FormData().with(FormData.SEEN, visit.field(FormData.SEEN)),
                VocabularyForm.NAME,
                VocabularyForm.HIDDEN);
        List<String> languages = languages(visit, category);
        LocalizedText names = Texts.sent(visit, form, "names", category.names(), languages);
        LocalizedText description =
                Texts.sent(visit, form, VocabularyForm.DESCRIPTION, category.description(), languages);
        VocabularyForm.checkName(visit, form);
        if (form.isGood() && !form.isBasedOn(filled(visit, category))) {
            form.with(FormData.SEEN, filled(visit, category).value(FormData.SEEN));
            form.refuse("all", visit.say("curation.changed"));
            show(visit, 409, category, form);
            return;
        }
        boolean saved = form.isGood()
                && vocabulary.saved(visit, form, () -> {
                    vocabulary
                            .service()
                            .edit(
                                    category,
                                    form.value(VocabularyForm.NAME),
                                    names,
                                    description,
                                    !form.value(VocabularyForm.HIDDEN).isEmpty(),
                                    visit.signedIn().name());
                    vocabulary.note(AuditAction.CATEGORY_EDITED, "category", form.value(VocabularyForm.NAME), Map.of());
                    return true;
                });
        if (saved) {
            visit.go(PATH + category.id(), "curation.saved", form.value(VocabularyForm.NAME));
        } else {
            show(visit, 422, category, form);
        }
    }

    private void merge(Visit visit) {
        CuratedCategory from = found(visit).orElse(null);
        if (from == null) {
            visit.notFound();
            return;
        }
        String typed = visit.parameter("into");
        MergeView.Target into = vocabulary
                .curation()
                .category(typed)
                .map(category -> new MergeView.Target(category.id(), category.name()))
                .orElse(null);
        List<String> others = vocabulary.curation().categories(0, VocabularyPages.PAGE).items().stream()
                .map(CuratedCategory::name)
                .filter(name -> !name.equals(from.name()))
                .toList();
        MergeView.of(visit, PATH, from.id(), from.name(), typed, into, () -> resources(from))
                .show(visit, others);
    }

    private long resources(CuratedCategory category) {
        return vocabulary.curation().resources(vocabulary.curation().named(category.name(), null), null);
    }

    private void merged(Visit visit) {
        CuratedCategory from = found(visit).orElse(null);
        CuratedCategory into = VocabularyForm.into(visit)
                .flatMap(vocabulary.curation()::category)
                .orElse(null);
        if (from == null || into == null || from.id() == into.id()) {
            visit.notFound();
            return;
        }
        vocabulary.storage().inTransaction(() -> {
            vocabulary.service().merge(from, into, visit.signedIn().name());
            vocabulary.note(AuditAction.TAGS_MERGED, "category", from.name(), Map.of("into", into.name()));
        });
        visit.go(PATH + into.id(), "curation.merged", from.name(), into.name());
    }
}

package org.librarypeers.app.curation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.curation.CuratedTag;

/** The pages on which a tag is named, translated, described, ordered, hidden and merged. */
final class TagPages {

    private static final String PATH = "/tags/";

    private final Vocabulary vocabulary;

    TagPages(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void routes(PageRoutes routes) {
        routes.get(PATH + "{id}", Role.ADMIN, this::open);
        routes.post(PATH + "{id}", Role.ADMIN, this::save);
        routes.get(PATH + "{id}/merge", Role.ADMIN, this::merge);
        routes.post(PATH + "{id}/merge", Role.ADMIN, this::merged);
    }

    private Optional<CuratedTag> found(Visit visit) {
        return VocabularyForm.id(visit).flatMap(vocabulary.curation()::tag);
    }

    private void open(Visit visit) {
        found(visit).ifPresentOrElse(tag -> show(visit, 200, tag, filled(visit, tag)), visit::notFound);
    }

    private FormData filled(Visit visit, CuratedTag curated) {
        Tag tag = curated.tag().tag();
        FormData form = new FormData()
                .with(VocabularyForm.NAME, tag.name())
                .with(VocabularyForm.PLACE, curated.place() == null ? "" : String.valueOf(curated.place()))
                .with(VocabularyForm.HIDDEN, curated.hidden() ? "on" : "");
        Texts.fill(form, "names", tag.names(), visit.contentLanguages());
        Texts.fill(form, VocabularyForm.DESCRIPTION, tag.description(), visit.contentLanguages());
        return Texts.fill(form, "summary", tag.summary(), visit.contentLanguages())
                .sealed();
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
                        languages(visit, tag),
                        "resources",
                        resources(curated)));
    }

    private static List<String> languages(Visit visit, Tag tag) {
        return Texts.languages(visit.contentLanguages(), tag.names(), tag.description(), tag.summary());
    }

    private void save(Visit visit) {
        CuratedTag curated = found(visit).orElse(null);
        if (curated == null) {
            visit.notFound();
            return;
        }
        Tag tag = curated.tag().tag();
        FormData form = Texts.read(
                visit,
                new FormData().with(FormData.SEEN, visit.field(FormData.SEEN)),
                VocabularyForm.NAME,
                VocabularyForm.PLACE,
                VocabularyForm.HIDDEN);
        LocalizedText names = Texts.sent(visit, form, "names", tag.names(), languages(visit, tag));
        LocalizedText description =
                Texts.sent(visit, form, VocabularyForm.DESCRIPTION, tag.description(), languages(visit, tag));
        LocalizedText summary = Texts.sent(visit, form, "summary", tag.summary(), languages(visit, tag));
        VocabularyForm.checkName(visit, form);
        Integer place = VocabularyForm.place(visit, form);
        if (form.isGood() && !form.isBasedOn(filled(visit, curated))) {
            form.with(FormData.SEEN, filled(visit, curated).value(FormData.SEEN));
            form.refuse("all", visit.say("curation.changed"));
            show(visit, 409, curated, form);
            return;
        }
        boolean saved = form.isGood()
                && vocabulary.saved(visit, form, () -> {
                    Tag wanted = new Tag(
                            tag.guid(),
                            tag.category(),
                            form.value(VocabularyForm.NAME),
                            tag.categories(),
                            names,
                            description,
                            summary,
                            tag.image());
                    vocabulary
                            .service()
                            .edit(
                                    curated,
                                    wanted,
                                    !form.value(VocabularyForm.HIDDEN).isEmpty(),
                                    place,
                                    visit.signedIn().name());
                    vocabulary.note(AuditAction.TAG_EDITED, "tag", label(wanted), Map.of());
                    return true;
                });
        if (saved) {
            visit.go(PATH + curated.tag().id(), "curation.saved", form.value(VocabularyForm.NAME));
        } else {
            show(visit, 422, curated, form);
        }
    }

    private static String label(CuratedTag curated) {
        return label(curated.tag().tag());
    }

    private static String label(Tag tag) {
        return tag.category() + ": " + tag.name();
    }

    private void merge(Visit visit) {
        CuratedTag from = found(visit).orElse(null);
        if (from == null) {
            visit.notFound();
            return;
        }
        String typed = visit.parameter("into");
        MergeView.Target into = named(from, typed)
                .map(tag -> new MergeView.Target(tag.tag().id(), label(tag)))
                .orElse(null);
        List<String> others = vocabulary.curation().tags(from.category(), 0, VocabularyPages.PAGE).items().stream()
                .filter(tag -> tag.tag().id() != from.tag().id())
                .map(TagPages::label)
                .toList();
        MergeView.of(visit, PATH, from.tag().id(), label(from), typed, into, () -> resources(from))
                .show(visit, others);
    }

    private long resources(CuratedTag tag) {
        return vocabulary.curation().resources(List.of(tag.tag().id()), null);
    }

    /** Returns the tag that was typed as {@code category: name}, or as a name in the same category. */
    private Optional<CuratedTag> named(CuratedTag from, String typed) {
        int colon = typed.indexOf(':');
        List<Long> found = colon < 0
                ? List.of()
                : vocabulary
                        .curation()
                        .named(
                                typed.substring(0, colon),
                                typed.substring(colon + 1).strip());
        if (found.isEmpty()) {
            found = vocabulary.curation().named(from.tag().tag().category(), typed);
        }
        return found.stream().findFirst().flatMap(vocabulary.curation()::tag);
    }

    private void merged(Visit visit) {
        CuratedTag from = found(visit).orElse(null);
        CuratedTag into =
                VocabularyForm.into(visit).flatMap(vocabulary.curation()::tag).orElse(null);
        if (from == null || into == null || from.tag().id() == into.tag().id()) {
            visit.notFound();
            return;
        }
        vocabulary.storage().inTransaction(() -> {
            vocabulary.service().merge(from, into, visit.signedIn().name());
            vocabulary.note(AuditAction.TAGS_MERGED, "tag", label(from), Map.of("into", label(into)));
        });
        visit.go(PATH + into.tag().id(), "curation.merged", label(from), label(into));
    }
}

package org.librarypeers.app.resources;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.UploadRepository;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StaleResourceException;

/** The pages on which resources are listed, added, edited, archived and submitted for review. */
public final class ResourceEditPages {

    private static final String ALL = "all";

    /** The time for which uploads of an unsaved form are kept. It equals that of a session, so that users can continue later. */
    private static final Duration UPLOAD_LIFETIME = SignIns.SESSION_LIFETIME;

    /** The maximum number of suggested tags, to keep pages small. */
    private static final int MOST_SUGGESTIONS = 300;

    private static final int MOST_DUPLICATES = 5;

    private final LibraryStorage storage;
    private final Authoring authoring;
    private final FileStore files;
    private final long maxUploadBytes;
    private final Clock clock;
    private final ResourceAccess access;

    /** Creates the pages with these services. */
    public ResourceEditPages(
            LibraryStorage storage, Authoring authoring, FileStore files, long maxUploadBytes, Clock clock) {
        this.storage = storage;
        this.authoring = authoring;
        this.files = files;
        this.maxUploadBytes = maxUploadBytes;
        this.clock = clock;
        this.access = new ResourceAccess(storage);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        ResourceList list = new ResourceList(storage);
        routes.get(
                "/resources",
                Role.CONTRIBUTOR,
                visit -> visit.render("resources/list", Map.of("shown", list.shown(visit))));
        routes.get("/resources/new", Role.CONTRIBUTOR, this::newForm);
        routes.post("/resources/new", Role.CONTRIBUTOR, this::create);
        routes.get("/resources/{guid}/edit", Role.CONTRIBUTOR, this::editForm);
        routes.post("/resources/{guid}/edit", Role.CONTRIBUTOR, this::save);
        routes.post("/resources/{guid}/status", Role.CONTRIBUTOR, this::changeStatus);
    }

    /**
     * A concurrent change of the resource by somebody else.
     *
     * @param by the user who made it; null if a sync did
     * @param at the time of the change, as text
     * @param changes the changes
     */
    public record Conflict(@Nullable String by, String at, ContentDiff changes) {}

    /**
     * A language that the texts can be in.
     *
     * @param chosen whether the form shows the texts in this language
     * @param hasTitle whether the resource has a title in this language
     */
    public record LanguageTab(String code, String name, boolean chosen, boolean hasTitle) {}

    private void newForm(Visit visit) {
        show(visit, 200, null, ResourceForm.empty(language(visit, null)), ResourceUploads.NONE, null);
    }

    private void editForm(Visit visit) {
        CatalogueEntry entry = access.toEdit(visit);
        Revision revision = entry.resource().revision();
        ResourceForm form = ResourceForm.of(revision.content(), revision.number(), language(visit, revision.content()));
        show(visit, 200, entry, form, ResourceUploads.NONE, null);
    }

    /**
     * Returns the language of the form: the requested one, otherwise that of the visitor if the library has it and the resource
     * has a title in it, otherwise the default language. A submitted form keeps its language, even if an administrator has removed
     * that from the library in the meantime.
     */
    private String language(Visit visit, @Nullable ResourceContent content) {
        List<String> languages = languages(visit, content);
        String requested = visit.parameter("language");
        if (HandlerType.POST.equals(visit.ctx().method()) && isLanguage(requested)) {
            return requested;
        }
        String spoken = content == null
                ? languages.stream()
                        .filter(each -> each.equals(visit.words().language())
                                || each.startsWith(visit.words().language() + "-"))
                        .findFirst()
                        .orElse(languages.get(0))
                : visit.title(content).language();
        return languages.contains(requested) ? requested : languages.contains(spoken) ? spoken : languages.get(0);
    }

    private static boolean isLanguage(String code) {
        try {
            return LocalizedText.language(code).equals(code);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the languages of the library, followed by the others in which the resource has a text. */
    private static List<String> languages(Visit visit, @Nullable ResourceContent content) {
        Set<String> all = new LinkedHashSet<>(visit.contentLanguages());
        if (content != null) {
            all.addAll(content.title().languages());
            all.addAll(content.description().languages());
            all.addAll(content.attribution().languages());
        }
        return List.copyOf(all);
    }

    private void create(Visit visit) throws IOException {
        String language = language(visit, null);
        ResourceForm form = ResourceForm.sent(visit, null, language);
        ResourceUploads uploads = ResourceUploads.of(visit, form.filled(), maxBytes(), storage.uploads());
        if (asksForRows(visit, null, form, uploads)) {
            return;
        }
        TagVocabulary vocabulary = vocabulary();
        form.check(visit, null, vocabulary);
        Account account = visit.signedIn();
        String title = form.filled().value("title");
        if (form.filled().isGood()
                && storage.catalogue()
                        .findCreated(account.name(), language, title)
                        .isPresent()) {
            form.filled().refuse("title", visit.say("resources.title.twice"));
        }
        if (form.filled().isGood()) {
            Optional<Resource> made = saved(visit, form, () -> {
                ResourceContent content = form.applied(null, vocabulary);
                return authoring
                        .create(stored(uploads, form).addedTo(content), account.name())
                        .resource();
            });
            if (made.isPresent()) {
                uploads.done(storage.uploads());
                visit.go(address(made.get(), language), "resources.saved.pending");
                return;
            }
        }
        show(visit, 422, null, form, waiting(visit, uploads), null);
    }

    private void save(Visit visit) throws IOException {
        CatalogueEntry entry = access.toEdit(visit);
        ResourceContent now = entry.resource().content();
        String language = language(visit, now);
        ResourceForm form = ResourceForm.sent(visit, now, language);
        ResourceUploads uploads = ResourceUploads.of(visit, form.filled(), maxBytes(), storage.uploads());
        if (asksForRows(visit, entry, form, uploads)) {
            return;
        }
        form.check(visit, now, vocabulary());
        if (entry.resource().revision().number() != form.revision()) {
            conflict(visit, form, uploads);
            return;
        }
        if (form.filled().isGood()) {
            try {
                Optional<Resource> saved = saved(visit, form, () -> save(visit, entry, form, uploads));
                if (saved.isPresent()) {
                    uploads.done(storage.uploads());
                    boolean changed = saved.get().revision().number() != form.revision();
                    String word = saved.get().status().word();
                    visit.go(address(saved.get(), language), "resources." + (changed ? "saved." + word : "same"));
                    return;
                }
            } catch (StaleResourceException e) {
                conflict(visit, form, uploads);
                return;
            }
        }
        show(visit, 422, entry, form, waiting(visit, uploads), null);
    }

    private Resource save(Visit visit, CatalogueEntry entry, ResourceForm form, ResourceUploads uploads)
            throws IOException {
        ResourceUploads.StoredUploads stored = stored(uploads, form);
        TagVocabulary vocabulary = vocabulary();
        Account account = visit.signedIn();
        return authoring.edit(
                entry.resource().guid(),
                form.revision(),
                before -> stored.addedTo(form.applied(before, vocabulary)),
                account.name(),
                !ResourceAccess.isTrusted(account));
    }

    private ResourceUploads.StoredUploads stored(ResourceUploads uploads, ResourceForm form) throws IOException {
        return uploads.store(files, maxBytes(), form.filled().value("file-title"), form.language());
    }

    /** An action that creates or changes a resource. */
    private interface SaveAction {
        Resource save() throws IOException;
    }

    /**
     * Returns the saved resource. If it exceeds the limits of a resource, adds an error to the form and returns an empty
     * {@code Optional}.
     */
    private static Optional<Resource> saved(Visit visit, ResourceForm form, SaveAction action) throws IOException {
        try {
            return Optional.of(action.save());
        } catch (IllegalArgumentException e) {
            form.filled().refuse(ALL, visit.say("resources.refused"));
            return Optional.empty();
        }
    }

    private boolean asksForRows(Visit visit, @Nullable CatalogueEntry entry, ResourceForm form, ResourceUploads uploads)
            throws IOException {
        String more = visit.field("more");
        if (!more.isEmpty()) {
            form.addRows(more);
            show(visit, 200, entry, form, waiting(visit, uploads), null);
        }
        return !more.isEmpty();
    }

    /** Saves the uploads until the form is submitted again, because browsers do not send a selected file twice. */
    private ResourceUploads waiting(Visit visit, ResourceUploads uploads) throws IOException {
        UploadRepository repository = storage.uploads();
        Instant now = clock.instant();
        repository.removeOlderThan(now.minus(UPLOAD_LIFETIME));
        return uploads.waiting(repository, visit.signedIn().name(), now);
    }

    /** Shows the form again after a conflict, with all typed values and with the changes that somebody else saved. */
    private void conflict(Visit visit, ResourceForm sent, ResourceUploads uploads) throws IOException {
        CatalogueEntry entry = access.toEdit(visit);
        Revision now = entry.resource().revision();
        ResourceContent read = storage.resources().history(entry.resource().guid()).stream()
                .filter(each -> each.number() == sent.revision())
                .map(Revision::content)
                .findFirst()
                .orElse(now.content());
        Conflict conflict = new Conflict(
                ResourceHistoryPages.person(now),
                visit.time(now.at()),
                ContentDiff.between(read, now.content(), visit.words()));
        show(visit, 409, entry, sent.basedOn(now.number()), waiting(visit, uploads), conflict);
    }

    private void show(
            Visit visit,
            int status,
            @Nullable CatalogueEntry entry,
            ResourceForm form,
            ResourceUploads uploads,
            @Nullable Conflict conflict) {
        Resource resource = entry == null ? null : entry.resource();
        Map<String, Object> values = new HashMap<>(Map.of("form", form, "uploads", uploads));
        values.put("resource", resource);
        values.put("conflict", conflict);
        values.put("languageTabs", languageTabs(visit, resource, form.language()));
        values.put("other", resource == null ? null : other(visit, resource, form.language()));
        values.put("source", resource == null ? null : access.source(resource));
        values.put("resubmits", resource != null && ResourceAccess.resubmits(visit.signedIn(), resource));
        values.put("suggestions", vocabulary().suggestions(MOST_SUGGESTIONS));
        values.put("duplicates", resource == null ? List.of() : duplicates(visit, resource));
        values.put("redirect", resource == null ? null : redirect(visit, resource));
        values.put("largest", visit.words().size(maxBytes()));
        visit.render(status, "resources/edit", values);
    }

    private List<LanguageTab> languageTabs(Visit visit, @Nullable Resource resource, String chosen) {
        Set<String> codes = new LinkedHashSet<>(languages(visit, resource == null ? null : resource.content()));
        codes.add(chosen);
        return codes.stream()
                .map(code -> new LanguageTab(
                        code,
                        visit.words().languageName(code),
                        code.equals(chosen),
                        resource != null && resource.content().title().in(code).isPresent()))
                .toList();
    }

    /** Returns the title in another language, for translators; null if it is missing. */
    private static Wording.@Nullable Text other(Visit visit, Resource resource, String language) {
        Wording.Text text = visit.text(resource.content().title().only(each -> !each.equals(language)));
        return text.value().isEmpty() ? null : text;
    }

    /** Returns the titles of likely duplicates, for those who can resolve them. */
    private List<Wording.Text> duplicates(Visit visit, Resource resource) {
        if (!visit.may(Role.REVIEWER)) {
            return List.of();
        }
        List<Guid> others = storage.duplicates().groupsOf(resource.guid()).stream()
                .flatMap(group -> group.resources().stream())
                .filter(guid -> !guid.equals(resource.guid()))
                .distinct()
                .limit(MOST_DUPLICATES)
                .toList();
        return storage.resources().find(others).values().stream()
                .map(other -> visit.title(other.content()))
                .toList();
    }

    /** Returns the title of the resource to which the address of this one redirects; null if there is no redirect. */
    private Wording.@Nullable Text redirect(Visit visit, Resource resource) {
        boolean isOffered = visit.may(Role.REVIEWER)
                && (resource.status() == Status.ARCHIVED || resource.status() == Status.REJECTED);
        return isOffered
                ? storage.duplicates()
                        .redirect(resource.guid())
                        .flatMap(redirect -> storage.resources().find(redirect.to()))
                        .map(target -> visit.title(target.content()))
                        .orElse(null)
                : null;
    }

    private TagVocabulary vocabulary() {
        TagRepository tags = storage.tags();
        return new TagVocabulary(
                tags.inUse().stream().map(CatalogueTag::tag).toList(),
                name -> tags.named(name).map(CatalogueTag::tag));
    }

    private void changeStatus(Visit visit) {
        CatalogueEntry entry = access.toEdit(visit);
        Resource resource = entry.resource();
        String wanted = visit.field("to");
        String address = "/resources/" + resource.guid() + "/edit";
        if (!visit.field("revision").equals(String.valueOf(resource.revision().number()))) {
            visit.go(address, "resources.changed.meanwhile");
            return;
        }
        try {
            visit.go(address, change(resource, wanted));
        } catch (StaleResourceException | IllegalStateException e) {
            visit.go(address, "resources.changed.meanwhile");
        }
    }

    private String change(Resource resource, String wanted) {
        Guid guid = resource.guid();
        int revision = resource.revision().number();
        if (wanted.equals("archive") && resource.status() == Status.APPROVED) {
            authoring.archive(guid, revision);
            return "resources.done.archived";
        } else if (wanted.equals("submit")) {
            authoring.submit(guid, revision);
            return "resources.done.pending";
        }
        return "resources.changed.meanwhile";
    }

    private long maxBytes() {
        return maxUploadBytes;
    }

    private static String address(Resource resource, String language) {
        return "/resources/" + resource.guid() + "/edit?language=" + language;
    }
}

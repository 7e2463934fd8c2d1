package org.librarypeers.app.staff;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Words;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.CatalogueTag;
import org.librarypeers.sync.port.StaleResourceException;

/** The resources that somebody may see; adding them, changing them, and what becomes of them. */
public final class ResourcePages {

    private static final String ALL = "all";

    private final Library library;
    private final ResourceAccess access;

    ResourcePages(Library library) {
        this.library = library;
        this.access = new ResourceAccess(library.storage());
    }

    void routes(PageRoutes routes) {
        ResourceList list = new ResourceList(library);
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
     * What somebody else changed while this was being changed.
     *
     * @param by who it was; null for a sync
     * @param changes what
     */
    public record Conflict(@Nullable String by, String at, ContentDiff changes) {}

    /** One of the languages that texts can be in. */
    public record Tongue(String code, String name, boolean chosen, boolean there) {}

    private void newForm(Visit visit) {
        show(visit, 200, null, ResourceForm.empty(language(visit, null)), null);
    }

    private void editForm(Visit visit) {
        CatalogueEntry entry = access.toEdit(visit);
        Revision revision = entry.resource().revision();
        ResourceForm form = ResourceForm.of(revision.content(), revision.number(), language(visit, revision.content()));
        show(visit, 200, entry, form, null);
    }

    /** The one asked for; else the visitor's if the library has it, and the resource is in it. */
    private String language(Visit visit, @Nullable ResourceContent content) {
        List<String> languages = library.settings().languages();
        String asked = visit.parameter("language");
        String spoken = content == null
                ? languages.stream()
                        .filter(each -> each.equals(visit.words().language())
                                || each.startsWith(visit.words().language() + "-"))
                        .findFirst()
                        .orElse(languages.get(0))
                : visit.title(content).language();
        return languages.contains(asked) ? asked : languages.contains(spoken) ? spoken : languages.get(0);
    }

    private void create(Visit visit) throws IOException {
        String language = language(visit, null);
        ResourceForm form = ResourceForm.sent(visit, null, language);
        if (asksForRows(visit, null, form)) {
            return;
        }
        form.check(visit, null);
        ResourceUploads uploads = ResourceUploads.of(visit, form.filled(), maxBytes());
        Account account = visit.signedIn();
        String title = form.filled().value("title");
        if (form.filled().isGood()
                && library.storage()
                        .catalogue()
                        .findCreated(account.name(), language, title)
                        .isPresent()) {
            form.filled().refuse("title", visit.say("resources.title.twice"));
        }
        if (form.filled().isGood()) {
            Optional<Resource> made = kept(visit, form, () -> {
                ResourceContent content = form.applied(null, vocabulary());
                return library.authoring()
                        .create(stored(uploads, form).addedTo(content), account.name())
                        .resource();
            });
            if (made.isPresent()) {
                visit.go(address(made.get(), language), "resources.saved.pending");
                return;
            }
        }
        sayToChooseAgain(visit, form, uploads);
        show(visit, 422, null, form, null);
    }

    private void save(Visit visit) throws IOException {
        CatalogueEntry entry = access.toEdit(visit);
        ResourceContent now = entry.resource().content();
        String language = language(visit, now);
        ResourceForm form = ResourceForm.sent(visit, now, language);
        if (asksForRows(visit, entry, form)) {
            return;
        }
        form.check(visit, now);
        ResourceUploads uploads = ResourceUploads.of(visit, form.filled(), maxBytes());
        if (entry.resource().revision().number() != form.revision()) {
            conflict(visit, form, uploads);
            return;
        }
        if (form.filled().isGood()) {
            try {
                Optional<Resource> saved = kept(visit, form, () -> save(visit, entry, form, uploads));
                if (saved.isPresent()) {
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
        sayToChooseAgain(visit, form, uploads);
        show(visit, 422, entry, form, null);
    }

    private Resource save(Visit visit, CatalogueEntry entry, ResourceForm form, ResourceUploads uploads)
            throws IOException {
        ResourceUploads.Stored stored = stored(uploads, form);
        Map<String, Tag> vocabulary = vocabulary();
        Account account = visit.signedIn();
        return library.authoring()
                .edit(
                        entry.resource().guid(),
                        form.revision(),
                        before -> stored.addedTo(form.applied(before, vocabulary)),
                        account.name(),
                        !ResourceAccess.isTrusted(account));
    }

    private ResourceUploads.Stored stored(ResourceUploads uploads, ResourceForm form) throws IOException {
        return uploads.store(library.files(), maxBytes(), form.filled().value("file-title"), form.language());
    }

    /** Makes or changes a resource. */
    private interface Keeping {
        Resource keep() throws IOException;
    }

    /** What was kept; nothing, and said in the form, if it is more than a resource holds. */
    private static Optional<Resource> kept(Visit visit, ResourceForm form, Keeping keeping) throws IOException {
        try {
            return Optional.of(keeping.keep());
        } catch (IllegalArgumentException e) {
            form.filled().refuse(ALL, visit.say("resources.refused"));
            return Optional.empty();
        }
    }

    private boolean asksForRows(Visit visit, @Nullable CatalogueEntry entry, ResourceForm form) {
        String more = visit.field("more");
        if (!more.isEmpty()) {
            form.addRows(more);
            show(visit, 200, entry, form, null);
        }
        return !more.isEmpty();
    }

    /** Browsers do not send a chosen file twice. */
    private static void sayToChooseAgain(Visit visit, ResourceForm form, ResourceUploads uploads) {
        if (uploads.any()) {
            form.filled().refuse("upload", visit.say("resources.upload.again"));
        }
    }

    /** Nothing of what was typed is lost, nor of what somebody else saved meanwhile. */
    private void conflict(Visit visit, ResourceForm sent, ResourceUploads uploads) {
        CatalogueEntry entry = access.toEdit(visit);
        Revision now = entry.resource().revision();
        ResourceContent read = library
                .storage()
                .resources()
                .history(entry.resource().guid())
                .stream()
                .filter(each -> each.number() == sent.revision())
                .map(Revision::content)
                .findFirst()
                .orElse(now.content());
        Conflict conflict = new Conflict(
                ResourceHistoryPages.person(now),
                visit.time(now.at()),
                ContentDiff.between(read, now.content(), visit.words()));
        ResourceForm form = sent.onTopOf(now.number());
        sayToChooseAgain(visit, form, uploads);
        show(visit, 409, entry, form, conflict);
    }

    private void show(
            Visit visit, int status, @Nullable CatalogueEntry entry, ResourceForm form, @Nullable Conflict conflict) {
        Resource resource = entry == null ? null : entry.resource();
        Map<String, Object> values = new HashMap<>(Map.of("form", form));
        values.put("resource", resource);
        values.put("conflict", conflict);
        values.put("tongues", tongues(visit, resource, form.language()));
        values.put("other", resource == null ? null : other(visit, resource, form.language()));
        values.put("source", resource == null ? null : access.source(resource));
        values.put("resubmits", resource != null && ResourceAccess.resubmits(visit.signedIn(), resource));
        values.put("suggestions", ResourceForm.suggestions(vocabulary()));
        values.put("largest", visit.words().size(maxBytes()));
        visit.render(status, "resources/edit", values);
    }

    private List<Tongue> tongues(Visit visit, @Nullable Resource resource, String chosen) {
        return library.settings().languages().stream()
                .map(code -> new Tongue(
                        code,
                        visit.words().languageName(code),
                        code.equals(chosen),
                        resource != null && resource.content().title().in(code).isPresent()))
                .toList();
    }

    /** The title in another language, for who translates; null if there is none. */
    private static Words.@Nullable Text other(Visit visit, Resource resource, String language) {
        Words.Text text = visit.text(resource.content().title().only(each -> !each.equals(language)));
        return text.value().isEmpty() ? null : text;
    }

    private Map<String, Tag> vocabulary() {
        return library.storage().tags().inUse().stream()
                .map(CatalogueTag::tag)
                .collect(Collectors.toMap(ResourceForm::label, tag -> tag, (first, second) -> first));
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
            library.authoring().archive(guid, revision);
            return "resources.done.archived";
        } else if (wanted.equals("submit")) {
            library.authoring().submit(guid, revision);
            return "resources.done.pending";
        }
        return "resources.changed.meanwhile";
    }

    private long maxBytes() {
        return library.settings().maxUploadBytes();
    }

    private static String address(Resource resource, String language) {
        return "/resources/" + resource.guid() + "/edit?language=" + language;
    }
}

package org.librarypeers.app.staff;

import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.FileTooLargeException;
import org.librarypeers.sync.port.StoredFile;

/** Makes resources and changes them, one language at a time. */
final class ResourceEditing {

    private final Library library;

    ResourceEditing(Library library) {
        this.library = library;
    }

    void routes(PageRoutes routes) {
        routes.get("/resources/new", Role.CONTRIBUTOR, this::create);
        routes.post("/resources/new", Role.CONTRIBUTOR, this::saveNew);
        routes.get("/resources/{guid}/edit", Role.CONTRIBUTOR, this::edit);
        routes.post("/resources/{guid}/edit", Role.CONTRIBUTOR, this::save);
    }

    private String language(Visit visit) {
        List<String> languages = library.settings().languages();
        String wanted = visit.parameter("language");
        return languages.contains(wanted) ? wanted : languages.get(0);
    }

    private void create(Visit visit) {
        form(visit, 200, null, ResourceForm.of(null, language(visit)), null);
    }

    private void edit(Visit visit) {
        Optional<CatalogueEntry> entry = mine(visit);
        if (entry.isEmpty()) {
            visit.notFound();
            return;
        }
        Resource resource = entry.get().resource();
        form(visit, 200, resource, ResourceForm.of(resource.content(), language(visit)), null);
    }

    /** The resource of the path, if the visitor may change it: one's own, reviewers all. */
    private Optional<CatalogueEntry> mine(Visit visit) {
        return ResourcePages.guid(visit)
                .flatMap(guid -> library.storage().catalogue().find(guid))
                .filter(entry -> mayChange(visit, entry));
    }

    static boolean mayChange(Visit visit, CatalogueEntry entry) {
        return visit.may(Role.REVIEWER)
                || (visit.may(Role.CONTRIBUTOR) && visit.signedIn().name().equals(entry.creator()));
    }

    /**
     * Shows the form.
     *
     * @param resource as it is; null for a new one
     * @param conflict whether somebody else saved it since the form was first shown
     */
    private void form(
            Visit visit, int status, @Nullable Resource resource, ResourceForm form, @Nullable String conflict) {
        Map<String, Object> values = new HashMap<>();
        values.put("form", form);
        values.put("resource", resource);
        values.put("conflict", conflict);
        values.put("peer", resource == null ? null : peer(resource));
        values.put("languages", library.settings().languages());
        values.put("known", library.storage().tags().inUse());
        visit.render(status, "resources/edit", values);
    }

    /** Whose updates replace what is changed here; null if nobody's do. */
    private @Nullable String peer(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer source
                ? library.storage()
                        .peers()
                        .find(source.peer())
                        .filter(Peer::isQueryable)
                        .map(Peer::name)
                        .orElse(null)
                : null;
    }

    private void saveNew(Visit visit) throws IOException {
        ResourceForm form = ResourceForm.read(visit, language(visit));
        form.check(visit, null);
        ResourceContent content = content(visit, form, null);
        if (content == null) {
            form(visit, 422, null, form, null);
            return;
        }
        CatalogueEntry made =
                library.authoring().create(content, visit.signedIn().name());
        saved(visit, made.resource());
    }

    private void save(Visit visit) throws IOException {
        CatalogueEntry entry = mine(visit).orElse(null);
        if (entry == null) {
            visit.notFound();
            return;
        }
        Resource shown = entry.resource();
        ResourceForm form = ResourceForm.read(visit, language(visit));
        if (!visit.field("revision").equals(Integer.toString(shown.revision().number()))) {
            form(
                    visit,
                    409,
                    shown,
                    form,
                    visit.say(
                            "resources.conflict",
                            author(shown),
                            visit.time(shown.revision().at())));
            return;
        }
        form.check(visit, shown.content());
        ResourceContent content = content(visit, form, shown.content());
        if (content == null) {
            form(visit, 422, shown, form, null);
            return;
        }
        UserName by = visit.signedIn().name();
        CatalogueEntry after = library.authoring()
                .edit(entry.id(), now -> now.equals(shown.content()) ? content : now, by)
                .orElseThrow();
        if (after.resource().content().equals(content)) {
            saved(visit, after.resource());
        } else {
            Resource theirs = after.resource();
            form(
                    visit,
                    409,
                    theirs,
                    form,
                    visit.say(
                            "resources.conflict",
                            author(theirs),
                            visit.time(theirs.revision().at())));
        }
    }

    static String author(Resource resource) {
        return resource.revision().author() instanceof org.librarypeers.domain.Author.Person person
                ? person.user().value()
                : UserName.SYSTEM.value();
    }

    private void saved(Visit visit, Resource resource) {
        boolean publish = visit.field("then").equals("publish") && visit.may(Role.REVIEWER);
        if (publish) {
            library.review().approve(List.of(resource.guid()));
        }
        boolean waits = !publish && resource.status() == Status.PENDING;
        String said = publish ? "resources.saved.published" : waits ? "resources.saved.waits" : "resources.saved";
        visit.go("/resources/" + resource.guid() + "/edit?language=" + language(visit), said);
    }

    /** What is to be saved; null, and said in the form, if it cannot be. */
    private @Nullable ResourceContent content(Visit visit, ResourceForm form, @Nullable ResourceContent before)
            throws IOException {
        if (!form.filled().isGood()) {
            return null;
        }
        try {
            ResourceContent content = withImage(visit, form, form.content(before));
            content = withFile(visit, form, content);
            return form.filled().isGood() ? content : null;
        } catch (IllegalArgumentException e) {
            form.filled().refuse("all", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private ResourceContent withFile(Visit visit, ResourceForm form, ResourceContent content) throws IOException {
        UploadedFile upload = upload(visit, "upload");
        if (upload == null) {
            return content;
        }
        StoredFile stored = store(visit, form, upload, "upload");
        if (stored == null) {
            return content;
        }
        String title = visit.field("upload-title").isEmpty() ? upload.filename() : visit.field("upload-title");
        String address = MediaAddress.path(MediaKind.RESOURCE, stored, upload.filename());
        List<FileLink> all = new ArrayList<>(content.files());
        int order = all.isEmpty() ? 1 : all.get(all.size() - 1).order() + 1;
        LocalizedText named = LocalizedText.of(form.language(), title);
        all.add(new FileLink(Guid.random(), named, LocalizedText.empty(), address, order, stored.sizeBytes()));
        return content.toBuilder().files(all).build();
    }

    private ResourceContent withImage(Visit visit, ResourceForm form, ResourceContent content) throws IOException {
        UploadedFile upload = upload(visit, "image-upload");
        if (upload == null) {
            return content;
        }
        Optional<ImageType> type;
        try (InputStream bytes = upload.content()) {
            type = ImageType.of(bytes);
        }
        if (type.isEmpty()) {
            form.filled().refuse("image", visit.say("resources.image.wrong"));
            return content;
        }
        StoredFile stored = store(visit, form, upload, "image");
        String ending = type.get() == ImageType.JPEG ? "jpg" : type.get().name().toLowerCase(Locale.ROOT);
        String name = upload.filename().replaceFirst("\\.[^.]*$", "") + "." + ending;
        return stored == null
                ? content
                : content.toBuilder()
                        .image(MediaAddress.path(MediaKind.RESOURCE_IMAGE, stored, name))
                        .build();
    }

    /** Browsers send an empty file where none was chosen. */
    private static @Nullable UploadedFile upload(Visit visit, String field) {
        UploadedFile upload = visit.ctx().uploadedFile(field);
        return upload == null || upload.filename().isEmpty() ? null : upload;
    }

    private @Nullable StoredFile store(Visit visit, ResourceForm form, UploadedFile upload, String field)
            throws IOException {
        long most = library.settings().maxUploadBytes();
        try (InputStream bytes = upload.content()) {
            return library.files().put(bytes, most);
        } catch (FileTooLargeException e) {
            form.filled()
                    .refuse(
                            field,
                            visit.say("resources.upload.large", visit.words().size(most)));
            return null;
        }
    }
}

package org.librarypeers.app.resources;

import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.files.UploadRepository;
import org.librarypeers.sync.files.UploadRepository.Upload;

/**
 * The files and the image that belong to a submitted resource form: newly selected ones, and those that were saved when an
 * earlier submission failed. Not thread-safe.
 */
public final class ResourceUploads {

    private final List<UploadedPart> files = new ArrayList<>();
    private @Nullable UploadedPart image;
    private @Nullable ImageType imageType;

    /** No uploads, for a form that is shown for the first time. */
    static final ResourceUploads NONE = new ResourceUploads();

    private ResourceUploads() {}

    /** One uploaded file. If it was saved earlier, {@code waiting} is its upload, otherwise null. */
    private record UploadedPart(
            String name,
            long sizeBytes,
            Bytes bytes,
            @Nullable Upload waiting) {

        static UploadedPart of(UploadedFile file) {
            return new UploadedPart(file.filename(), file.size(), file::content, null);
        }

        static UploadedPart of(Upload upload, UploadRepository uploads) {
            return new UploadedPart(upload.name(), upload.sizeBytes(), () -> uploads.open(upload), upload);
        }
    }

    /** A source of the bytes of a file. */
    private interface Bytes {
        InputStream open() throws IOException;
    }

    /** Reads the uploads of a form. Invalid ones are left out, with an error in the form. */
    static ResourceUploads of(Visit visit, FormData form, long maxBytes, UploadRepository repository)
            throws IOException {
        ResourceUploads uploads = new ResourceUploads();
        UserName owner = visit.signedIn().name();
        List<String> removed = visit.ctx().formParams("waiting-remove");
        visit.ctx().formParams("waiting").stream()
                .filter(id -> !removed.contains(id))
                .flatMap(id -> find(id, owner, repository).stream())
                .forEach(upload -> uploads.files.add(UploadedPart.of(upload, repository)));
        for (UploadedFile file : visit.ctx().uploadedFiles("upload")) {
            if (isSelected(file) && isGoodSize(visit, form, "upload", file, maxBytes)) {
                uploads.files.add(UploadedPart.of(file));
            }
        }
        String waitingImage = visit.field("waiting-image");
        if (!removed.contains(waitingImage)) {
            uploads.image = find(waitingImage, owner, repository)
                    .map(upload -> UploadedPart.of(upload, repository))
                    .orElse(null);
        }
        UploadedFile chosen = visit.ctx().uploadedFile("image");
        if (chosen != null && isSelected(chosen) && isGoodSize(visit, form, "image", chosen, maxBytes)) {
            uploads.image = UploadedPart.of(chosen);
        }
        uploads.checkImage(visit, form);
        return uploads;
    }

    private void checkImage(Visit visit, FormData form) throws IOException {
        if (image == null) {
            return;
        }
        try (InputStream bytes = image.bytes.open()) {
            imageType = ImageType.of(bytes).orElse(null);
        }
        if (imageType == null) {
            form.refuse("image", visit.say("resources.image.wrong"));
            image = null;
        }
    }

    private static Optional<Upload> find(String id, UserName owner, UploadRepository repository) {
        try {
            return repository.find(UUID.fromString(id), owner);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isSelected(UploadedFile file) {
        return !file.filename().isBlank();
    }

    private static boolean isGoodSize(Visit visit, FormData form, String field, UploadedFile file, long maxBytes) {
        if (file.size() > maxBytes) {
            String most = visit.words().size(maxBytes);
            form.refuse(
                    field,
                    visit.say(
                            "resources.upload.large",
                            file.filename(),
                            visit.words().size(file.size()),
                            most));
        } else if (file.size() == 0) {
            form.refuse(field, visit.say("resources.upload.empty", file.filename()));
        }
        return file.size() > 0 && file.size() <= maxBytes;
    }

    /** Saves the newly selected files until the form can be saved. */
    ResourceUploads waiting(UploadRepository repository, UserName owner, Instant now) throws IOException {
        ResourceUploads all = new ResourceUploads();
        for (UploadedPart file : files) {
            all.files.add(waiting(file, repository, owner, now));
        }
        all.image = image == null ? null : waiting(image, repository, owner, now);
        all.imageType = imageType;
        return all;
    }

    private static UploadedPart waiting(UploadedPart part, UploadRepository repository, UserName owner, Instant now)
            throws IOException {
        if (part.waiting != null) {
            return part;
        }
        try (InputStream bytes = part.bytes.open()) {
            return UploadedPart.of(repository.keep(owner, storable(part.name), bytes, now), repository);
        }
    }

    /** Returns the name without characters that a database cannot store. */
    private static String storable(String name) {
        return name.replaceAll("[\\p{Cc}\\p{Cs}]", "");
    }

    /** Removes the saved uploads after the form is saved. */
    void done(UploadRepository repository) {
        for (UploadedPart file : files) {
            if (file.waiting != null) {
                repository.remove(file.waiting);
            }
        }
        if (image != null && image.waiting != null) {
            repository.remove(image.waiting);
        }
    }

    /** Returns the files that are saved for the next submission. */
    public List<Upload> waitingFiles() {
        return files.stream()
                .flatMap(file -> Optional.ofNullable(file.waiting).stream())
                .toList();
    }

    /** Returns the image that is saved for the next submission; null if it is missing. */
    public @Nullable Upload waitingImage() {
        return image == null ? null : image.waiting;
    }

    /**
     * Stores the files and the image in the file store, and returns their links.
     *
     * @param title the title of the first file; if empty, its file name is used
     * @param language the language of the titles
     * @throws IOException if a file cannot be read or stored
     */
    StoredUploads store(FileStore store, long maxBytes, String title, String language) throws IOException {
        List<Attachment> stored = new ArrayList<>();
        for (UploadedPart file : files) {
            String named = stored.isEmpty() && !title.isEmpty() ? title : stem(file);
            try (InputStream bytes = file.bytes.open()) {
                StoredFile kept = store.put(bytes, maxBytes);
                String address = MediaAddress.path(MediaKind.RESOURCE, kept, file.name);
                stored.add(new Attachment(
                        AttachmentKind.FILE,
                        Guid.random(),
                        LocalizedText.of(language, named),
                        LocalizedText.empty(),
                        address,
                        0,
                        kept.sizeBytes()));
            }
        }
        String picture = null;
        if (image != null && imageType != null) {
            try (InputStream bytes = image.bytes.open()) {
                StoredFile kept = store.put(bytes, maxBytes);
                // The extension is derived from the detected type, because it determines the content type that is
                // served.
                String name = stem(image) + "." + imageType.extension();
                picture = MediaAddress.path(MediaKind.RESOURCE_IMAGE, kept, name);
            }
        }
        return new StoredUploads(stored, picture);
    }

    private static String stem(UploadedPart file) {
        return file.name
                .replaceFirst("^.*[/\\\\]", "")
                .replaceFirst("\\.[^.]*$", "")
                .replaceAll("\\p{Cc}", "");
    }

    /** The stored files and the address of the stored image; null if it is missing. */
    record StoredUploads(List<Attachment> files, @Nullable String image) {

        /** Returns the content with these files appended and the image replaced. */
        ResourceContent addedTo(ResourceContent content) {
            ResourceContent.Builder changed = content.toBuilder();
            int order = ResourceFields.lastOrder(content.attachments(AttachmentKind.FILE));
            for (Attachment file : files) {
                order++;
                changed.attach(file.withOrder(order));
            }
            return (image == null ? changed : changed.image(image)).build();
        }
    }
}

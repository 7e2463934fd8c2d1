package org.librarypeers.app.staff;

import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.app.web.Filled;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.StoredFile;

/** The files and the picture that came with a resource's form. For one thread. */
final class ResourceUploads {

    private final List<UploadedFile> files;
    private final @Nullable UploadedFile image;
    private @Nullable ImageType imageType;

    private ResourceUploads(List<UploadedFile> files, @Nullable UploadedFile image) {
        this.files = files;
        this.image = image;
    }

    /** Those of that form, which says what is wrong with them. */
    static ResourceUploads of(Visit visit, Filled form, long maxBytes) throws IOException {
        List<UploadedFile> files = visit.ctx().uploadedFiles("upload").stream()
                .filter(ResourceUploads::isThere)
                .toList();
        UploadedFile image = Optional.ofNullable(visit.ctx().uploadedFile("image"))
                .filter(ResourceUploads::isThere)
                .orElse(null);
        for (UploadedFile file : files) {
            checkSize(visit, form, "upload", file, maxBytes);
        }
        ResourceUploads uploads = new ResourceUploads(files, image);
        if (image != null) {
            checkSize(visit, form, "image", image, maxBytes);
            try (InputStream bytes = image.content()) {
                uploads.imageType = ImageType.of(bytes).orElse(null);
            }
            if (uploads.imageType == null) {
                form.refuse("image", visit.say("resources.image.wrong"));
            }
        }
        return uploads;
    }

    private static boolean isThere(UploadedFile file) {
        return !file.filename().isBlank();
    }

    private static void checkSize(Visit visit, Filled form, String field, UploadedFile file, long maxBytes) {
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
    }

    /** Whether anything came. */
    boolean any() {
        return !files.isEmpty() || image != null;
    }

    /** Keeps them, and names them in the content. */
    Stored store(FileStore store, long maxBytes, String title, String language) throws IOException {
        List<FileLink> stored = new ArrayList<>();
        for (UploadedFile file : files) {
            String named = stored.isEmpty() && !title.isEmpty() ? title : stem(file);
            try (InputStream bytes = file.content()) {
                StoredFile kept = store.put(bytes, maxBytes);
                String address = MediaAddress.path(MediaKind.RESOURCE, kept, file.filename());
                stored.add(new FileLink(
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
            try (InputStream bytes = image.content()) {
                StoredFile kept = store.put(bytes, maxBytes);
                // Named after what it is, since the name tells as what it is served.
                String name = stem(image) + "." + ending(imageType);
                picture = MediaAddress.path(MediaKind.RESOURCE_IMAGE, kept, name);
            }
        }
        return new Stored(stored, picture);
    }

    private static String stem(UploadedFile file) {
        return file.filename()
                .replaceFirst("^.*[/\\\\]", "")
                .replaceFirst("\\.[^.]*$", "")
                .replaceAll("\\p{Cc}", "");
    }

    private static String ending(ImageType type) {
        return type == ImageType.JPEG ? "jpg" : type.name().toLowerCase(Locale.ROOT);
    }

    /** What is kept now. */
    record Stored(List<FileLink> files, @Nullable String image) {

        /** That content, with these behind its own files. */
        ResourceContent addedTo(ResourceContent content) {
            int order = content.files().stream().mapToInt(FileLink::order).max().orElse(-1);
            List<FileLink> all = new ArrayList<>(content.files());
            for (FileLink file : files) {
                order++;
                all.add(new FileLink(
                        file.guid(), file.title(), file.description(), file.url(), order, file.sizeBytes()));
            }
            ResourceContent.Builder changed = content.toBuilder().files(all);
            return (image == null ? changed : changed.image(image)).build();
        }
    }
}

package org.librarypeers.app.api;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.files.MediaKind;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;

/** The endpoints that receive images and files for resources as multipart forms. */
final class UploadEndpoints {

    private final Catalogue catalogue;
    private final Authoring authoring;
    private final FileStore files;
    private final Supplier<String> language;
    private final long maxBytes;

    UploadEndpoints(
            Catalogue catalogue, Authoring authoring, FileStore files, Supplier<String> language, long maxBytes) {
        this.catalogue = catalogue;
        this.authoring = authoring;
        this.files = files;
        this.language = language;
        this.maxBytes = maxBytes;
    }

    /** Replaces the image of a resource. */
    void image(Context ctx, Account caller) throws IOException {
        String resource = required(ctx, "resource_id");
        UploadedFile upload = ctx.uploadedFile("image_file");
        if (upload == null) {
            OrbResponses.badUpload(ctx, 400, "No image file provided");
            return;
        }
        CatalogueEntry entry = own(resource, caller);
        Optional<ImageType> type = type(upload);
        if (type.isEmpty()) {
            OrbResponses.badUpload(ctx, 400, "The image is not a JPEG, PNG, GIF or WebP file");
            return;
        }
        try (InputStream bytes = upload.content()) {
            StoredFile stored = files.put(bytes, maxBytes);
            // The extension is derived from the detected type, because it determines the content type that is served.
            String name = upload.filename().replaceFirst("\\.[^.]*$", "") + "."
                    + type.get().extension();
            String address = MediaAddress.path(MediaKind.RESOURCE_IMAGE, stored, name);
            edit(entry, caller, content -> content.toBuilder().image(address).build());
            OrbResponses.uploaded(ctx);
        } catch (FileTooLargeException e) {
            tooLarge(ctx);
        }
    }

    private static Optional<ImageType> type(UploadedFile upload) throws IOException {
        try (InputStream bytes = upload.content()) {
            return ImageType.of(bytes);
        }
    }

    /** Adds a file to a resource. */
    void file(Context ctx, Account caller) throws IOException {
        String resource = required(ctx, "resource_id");
        required(ctx, "title");
        LocalizedText titles = text(ctx, "title");
        LocalizedText description = text(ctx, "description");
        int order = order(ctx.formParam("order_by"));
        UploadedFile upload = ctx.uploadedFile("resource_file");
        if (upload == null) {
            OrbResponses.badUpload(ctx, 400, "No resource file provided");
            return;
        }
        CatalogueEntry entry = own(resource, caller);
        try (InputStream bytes = upload.content()) {
            StoredFile stored = files.put(bytes, maxBytes);
            String address = MediaAddress.path(MediaKind.RESOURCE, stored, upload.filename());
            Attachment file = new Attachment(
                    AttachmentKind.FILE, Guid.random(), titles, description, address, order, stored.sizeBytes());
            edit(entry, caller, content -> content.toBuilder().attach(file).build());
            OrbResponses.uploaded(ctx);
        } catch (FileTooLargeException e) {
            tooLarge(ctx);
        }
    }

    private void tooLarge(Context ctx) {
        OrbResponses.badUpload(ctx, 400, "The file is larger than " + maxBytes + " bytes");
    }

    private static String required(Context ctx, String field) {
        String value = ctx.formParam(field);
        if (value == null || value.isBlank()) {
            throw RefusedException.upload("No " + field + " provided");
        }
        return value;
    }

    /**
     * Returns the resource if the caller created it. Other accounts may not upload to it.
     *
     * @throws RefusedException if the resource does not exist, or the caller did not create it or may not write through the API
     */
    private CatalogueEntry own(String id, Account caller) {
        ResourceWriteEndpoints.requireWriter(caller);
        return Optional.of(id.strip())
                .filter(digits -> digits.matches("\\d{1,18}"))
                .flatMap(digits -> catalogue.find(Long.parseLong(digits)))
                .filter(entry -> caller.name().equals(entry.creator()))
                .orElseThrow(RefusedException::unauthorized);
    }

    private void edit(CatalogueEntry entry, Account caller, UnaryOperator<ResourceContent> change) {
        try {
            if (authoring.edit(entry.id(), change, caller.name()).isEmpty()) {
                throw RefusedException.unauthorized();
            }
        } catch (IllegalArgumentException e) {
            throw RefusedException.upload(String.valueOf(e.getMessage()));
        }
    }

    private LocalizedText text(Context ctx, String field) {
        String text = ctx.formParam(field);
        try {
            return text == null ? LocalizedText.empty() : OrbRequests.text(field, language.get(), text);
        } catch (IllegalArgumentException e) {
            throw RefusedException.upload(String.valueOf(e.getMessage()));
        }
    }

    private static int order(@Nullable String digits) {
        if (digits == null || digits.isBlank()) {
            return 0;
        }
        if (!digits.strip().matches("-?\\d{1,9}")) {
            throw RefusedException.upload("order_by is not a whole number of up to nine digits");
        }
        return Integer.parseInt(digits.strip());
    }
}

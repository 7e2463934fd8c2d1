package org.librarypeers.app.resources;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.files.UploadRepository;
import org.librarypeers.sync.files.UploadRepository.Upload;

/** The page that shows an uploaded image of an unsaved form, to the account that uploaded it. */
public final class UploadPages {

    private final UploadRepository uploads;

    /** Creates the pages with these services. */
    public UploadPages(UploadRepository uploads) {
        this.uploads = uploads;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/uploads/{id}", Role.CONTRIBUTOR, this::show);
    }

    private void show(Visit visit) throws IOException {
        Optional<Upload> upload = find(visit);
        Optional<ImageType> type = upload.isPresent() ? type(upload.get()) : Optional.empty();
        if (type.isEmpty()) {
            visit.notFound();
            return;
        }
        visit.ctx().contentType(type.get().mediaType());
        visit.ctx().header("Content-Security-Policy", "default-src 'none'; sandbox");
        // Javalin closes the stream.
        visit.ctx().result(uploads.open(upload.get()));
    }

    private Optional<Upload> find(Visit visit) {
        try {
            return uploads.find(
                    UUID.fromString(visit.ctx().pathParam("id")),
                    visit.signedIn().name());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<ImageType> type(Upload upload) throws IOException {
        try (InputStream bytes = uploads.open(upload)) {
            return ImageType.of(bytes);
        }
    }
}

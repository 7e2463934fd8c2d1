package org.librarypeers.app.files;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.librarypeers.app.http.ByteRange;
import org.librarypeers.app.http.EntityTag;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.StoredFile;

/**
 * The routes that serve uploaded files to everyone, whole or in part. The address of a file may end with any name. The
 * name determines the type. If the content contradicts that type, the file is served as a download. A browser never
 * executes the content, whatever the name is.
 */
public final class MediaRoutes {

    private static final String PATH = "/media/{kind}/{sha256}/{name}";

    private final FileStore files;

    /** Creates the routes for the files of this store. */
    public MediaRoutes(FileStore files) {
        this.files = files;
    }

    /** Adds the routes for the addresses that {@link MediaAddress} creates. */
    public void routes(RoutesConfig routes) {
        routes.get(PATH, this::serve);
        routes.head(PATH, this::serve);
    }

    private void serve(Context ctx) throws IOException {
        MediaKind kind = MediaKind.of(ctx.pathParam("kind")).orElseThrow(NotFoundResponse::new);
        StoredFile file = files.find(ctx.pathParam("sha256")).orElseThrow(NotFoundResponse::new);
        EntityTag etag = EntityTag.strong(file.sha256());
        setSafeType(ctx, type(kind, file, ctx.pathParam("name")));
        if (etag.isAmong(ctx.header("If-None-Match"))) {
            cacheForever(ctx, etag);
            ctx.status(304);
            return;
        }
        Optional<ByteRange> requested = requested(ctx, etag, file.sizeBytes());
        if (requested.isPresent() && requested.get().length() == 0) {
            ctx.header("Content-Range", "bytes */" + file.sizeBytes());
            ctx.status(416);
            return;
        }
        ByteRange part = requested.orElse(new ByteRange(0, file.sizeBytes()));
        if (ctx.method().equals(HandlerType.GET)) {
            // Opened before the headers of a success are set. Javalin closes the stream.
            ctx.result(files.open(file, part.from(), part.length()));
        }
        cacheForever(ctx, etag);
        ctx.header("Content-Length", Long.toString(part.length()));
        if (requested.isPresent()) {
            ctx.header("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + file.sizeBytes());
            ctx.status(206);
        }
    }

    /**
     * Returns the type of a file with this name. A browser never shows a file whose first bytes contradict its type.
     */
    private MediaType type(MediaKind kind, StoredFile file, String name) throws IOException {
        MediaType type = MediaType.of(kind, name);
        if (!type.inline()) {
            return type;
        }
        try (InputStream bytes = files.open(file, 0, Math.min(file.sizeBytes(), FileSignature.START_BYTES))) {
            return FileSignature.fits(type, bytes) ? type : MediaType.UNKNOWN;
        }
    }

    /** Sets the type, and headers that prevent a browser from interpreting the content as anything else. */
    private static void setSafeType(Context ctx, MediaType type) {
        ctx.contentType(type.value());
        ctx.header("X-Content-Type-Options", "nosniff");
        // Browsers show a PDF with a built-in viewer, which a sandbox would block. Only pages of this library embed it.
        ctx.header("Content-Security-Policy", type.isPdf() ? "frame-ancestors 'self'" : "default-src 'none'; sandbox");
        if (!type.inline()) {
            ctx.header(
                    "Content-Disposition",
                    "attachment; filename*=UTF-8''" + MediaAddress.encoded(ctx.pathParam("name")));
        }
        // Most files are already compressed, and a range of a compressed answer would be a different range.
        ctx.disableCompression();
    }

    private static void cacheForever(Context ctx, EntityTag etag) {
        ctx.header("Accept-Ranges", "bytes");
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.header("ETag", etag.value());
    }

    /**
     * Returns the requested range. Ranges apply only to GET, and with {@code If-Range} only if the file is the same.
     */
    private static Optional<ByteRange> requested(Context ctx, EntityTag etag, long size) {
        String condition = ctx.header("If-Range");
        boolean parts = ctx.method().equals(HandlerType.GET) && (condition == null || condition.equals(etag.value()));
        return parts ? ByteRange.of(ctx.header("Range"), size) : Optional.empty();
    }
}

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
import org.librarypeers.sync.library.FormerAddresses;

/**
 * The routes that serve uploaded files to everyone, whole or in part. The address of a file may end with any name. The
 * name determines the type. If the content contradicts that type, the file is served as a download. A browser never
 * executes the content, regardless of the name.
 */
public final class MediaRoutes {

    private static final String PATH = "/media/{kind}/{sha256}/{name}";

    /** The path of a file whose address is that of a site which moved to this library. */
    private static final String FORMER_PATH = "/media/<path>";

    private final FileStore files;
    private final FormerAddresses former;

    /** Creates the routes for the files of this store. */
    public MediaRoutes(FileStore files, FormerAddresses former) {
        this.files = files;
        this.former = former;
    }

    /** Adds the routes for the addresses that {@link MediaAddress} creates, and for former addresses. */
    public void routes(RoutesConfig routes) {
        routes.get(PATH, this::serve);
        routes.head(PATH, this::serve);
        routes.get(FORMER_PATH, this::serveFormer);
        routes.head(FORMER_PATH, this::serveFormer);
    }

    private void serve(Context ctx) throws IOException {
        Optional<MediaKind> kind = MediaKind.of(ctx.pathParam("kind"));
        Optional<StoredFile> file = kind.isEmpty() ? Optional.empty() : files.find(ctx.pathParam("sha256"));
        String name = ctx.pathParam("name");
        if (kind.isEmpty() || file.isEmpty()) {
            serveFormer(ctx, ctx.pathParam("kind") + "/" + ctx.pathParam("sha256") + "/" + name);
        } else {
            serve(ctx, kind.get(), file.get(), name);
        }
    }

    private void serveFormer(Context ctx) throws IOException {
        serveFormer(ctx, ctx.pathParam("path"));
    }

    /** Serves a file under its former path below {@code /media/}. */
    private void serveFormer(Context ctx, String path) throws IOException {
        // The content may be missing, for example after a restoration without files.
        StoredFile file = former.file("/media/" + path)
                .flatMap(known -> files.find(known.sha256()))
                .orElseThrow(NotFoundResponse::new);
        MediaKind kind =
                MediaKind.of(path.substring(0, Math.max(0, path.indexOf('/')))).orElse(MediaKind.RESOURCE_IMAGE);
        serve(ctx, kind, file, path.substring(path.lastIndexOf('/') + 1));
    }

    private void serve(Context ctx, MediaKind kind, StoredFile file, String name) throws IOException {
        EntityTag etag = EntityTag.strong(file.sha256());
        setSafeType(ctx, type(kind, file, name), name);
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
    private static void setSafeType(Context ctx, MediaType type, String name) {
        ctx.contentType(type.value());
        ctx.header("X-Content-Type-Options", "nosniff");
        // Browsers show a PDF with a built-in viewer, which a sandbox would block. Only pages of this library embed it.
        ctx.header("Content-Security-Policy", type.isPdf() ? "frame-ancestors 'self'" : "default-src 'none'; sandbox");
        if (!type.inline()) {
            ctx.header("Content-Disposition", "attachment; filename*=UTF-8''" + MediaAddress.encoded(name));
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

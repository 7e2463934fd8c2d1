package org.librarypeers.app.files;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.port.FileStore;
import org.librarypeers.sync.port.StoredFile;

/** Serves uploaded files, whole or in part, to everybody. They never change, and a browser runs nothing of them. */
public final class MediaRoutes {

    private static final int BUFFER = 64 * 1024;

    private final FileStore files;

    /** Routes to these files. */
    public MediaRoutes(FileStore files) {
        this.files = files;
    }

    /** Adds them. */
    public void routes(RoutesConfig routes) {
        for (MediaAddress.Kind kind : MediaAddress.Kind.values()) {
            String path = "/media/" + kind.word() + "/{sha256}/{name}";
            Handler handler = ctx -> serve(ctx, kind);
            routes.get(path, handler);
            routes.head(path, handler);
        }
    }

    private void serve(Context ctx, MediaAddress.Kind kind) throws IOException {
        StoredFile file = files.find(ctx.pathParam("sha256")).orElseThrow(() -> new NotFoundResponse());
        ctx.disableCompression();
        String tag = '"' + file.sha256() + '"';
        describe(ctx, kind, tag);
        if (isAmong(tag, ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        String ifRange = ctx.header("If-Range");
        Optional<ByteRange> asked = Optional.ofNullable(ctx.header("Range"))
                .filter(header -> ifRange == null || ifRange.equals(tag))
                .flatMap(header -> ByteRange.of(header, file.sizeBytes()));
        if (asked.isPresent() && !asked.get().isSatisfiable()) {
            ctx.status(416);
            ctx.header("Content-Range", "bytes */" + file.sizeBytes());
            return;
        }
        ByteRange range = asked.orElse(new ByteRange(0, file.sizeBytes() - 1));
        asked.ifPresent(part -> {
            ctx.status(206);
            ctx.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + file.sizeBytes());
        });
        send(ctx, file, range);
    }

    private static void describe(Context ctx, MediaAddress.Kind kind, String tag) {
        String name = ctx.pathParam("name");
        String type = ContentTypes.of(name);
        boolean image = type.startsWith("image/");
        boolean shown = ContentTypes.isShown(name) && (image || kind == MediaAddress.Kind.RESOURCE);
        ctx.contentType(shown || kind == MediaAddress.Kind.RESOURCE ? type : ContentTypes.BYTES);
        if (!shown) {
            String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            ctx.header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded);
        }
        ctx.header("ETag", tag);
        ctx.header("Accept-Ranges", "bytes");
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private static boolean isAmong(String tag, @Nullable String header) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(each -> each.equals("*") || each.equals(tag));
    }

    /** Straight to the connection: most files are compressed already, and a part has its length. */
    private void send(Context ctx, StoredFile file, ByteRange range) throws IOException {
        ctx.res().setContentLengthLong(range.length());
        if (ctx.method().name().equals("HEAD")) {
            return;
        }
        try (InputStream content = files.open(file, range.first())) {
            byte[] buffer = new byte[BUFFER];
            long left = range.length();
            while (left > 0) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("file " + file.sha256() + " is shorter than it was");
                }
                ctx.res().getOutputStream().write(buffer, 0, read);
                left -= read;
            }
        }
    }
}

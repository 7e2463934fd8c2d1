package org.librarypeers.app.pictures;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.app.http.EntityTag;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.pictures.PictureCopy;

/** The routes that serve the copies of pictures to everyone. The content at an address never changes. */
public final class PictureRoutes {

    private static final String PATH = "/picture/{file}";
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})\\.(jpeg|png)");

    private final PictureFiles files;

    /** Creates the routes for these pictures. */
    public PictureRoutes(PictureFiles files) {
        this.files = files;
    }

    /** Returns the path at which a copy is served. */
    public static String path(PictureCopy copy) {
        return "/picture/" + copy.sha256() + "." + EnumWord.of(copy.format());
    }

    /** Adds the routes. */
    public void routes(RoutesConfig routes) {
        routes.get(PATH, this::serve);
        routes.head(PATH, this::serve);
    }

    private void serve(Context ctx) throws IOException {
        Matcher name = FILE.matcher(ctx.pathParam("file"));
        if (!name.matches()) {
            throw new NotFoundResponse();
        }
        StoredFile file = files.find(name.group(1)).orElseThrow(NotFoundResponse::new);
        EntityTag etag = EntityTag.strong(file.sha256());
        boolean known = etag.isAmong(ctx.header("If-None-Match"));
        if (!known && ctx.method().equals(HandlerType.GET)) {
            // Opened before the headers of a success are set. Javalin closes the stream.
            ctx.result(files.open(file));
        }
        ctx.contentType("image/" + name.group(2));
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox");
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.header("ETag", etag.value());
        ctx.disableCompression();
        if (known) {
            ctx.status(304);
        } else {
            ctx.header("Content-Length", Long.toString(PictureFiles.size(file)));
        }
    }
}

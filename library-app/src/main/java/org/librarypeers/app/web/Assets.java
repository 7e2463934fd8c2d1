package org.librarypeers.app.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.librarypeers.app.http.Gzip;
import org.librarypeers.domain.Sha256;

/**
 * The styles, scripts and icon of the pages. Each address contains a digest of the content, so that browsers can cache a file
 * permanently without ever using an outdated one.
 */
final class Assets {

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final Icons icons = new Icons(name -> read(webjar("bootstrap-icons", "icons/" + name + ".svg")));
    /** The kinds of content for which there is a drawing, shown in place of a picture. */
    private static final List<String> DRAWN_KINDS = List.of(
            "pdf", "video", "audio", "picture", "slides", "document", "table", "archive", "app", "file", "page");

    private final Map<String, Asset> byName = new HashMap<>();
    private final Map<String, Asset> byAddress = new HashMap<>();

    private static final class Asset {
        private final String address;
        private final String type;
        private final byte[] bytes;
        private final byte[] zipped;

        Asset(String address, String type, byte[] bytes) {
            this.address = address;
            this.type = type;
            this.bytes = bytes;
            this.zipped = Gzip.compress(bytes);
        }
    }

    Assets() {
        add("pico.css", "text/css; charset=utf-8", webjar("picocss__pico", "css/pico.min.css"));
        for (String kind : DRAWN_KINDS) {
            add("picture-" + kind + ".svg", "image/svg+xml", "/assets/picture-" + kind + ".svg");
        }
        add("site.css", "text/css; charset=utf-8", withAddresses(read("/assets/site.css")));
        add("htmx.js", "text/javascript; charset=utf-8", webjar("htmx.org", "dist/htmx.min.js"));
        add("sse.js", "text/javascript; charset=utf-8", webjar("htmx-ext-sse", "sse.js"));
        add("site.js", "text/javascript; charset=utf-8", "/assets/site.js");
        add("drafts.js", "text/javascript; charset=utf-8", "/assets/drafts.js");
        add("editor.js", "text/javascript; charset=utf-8", "/assets/editor.js");
        add("peer.js", "text/javascript; charset=utf-8", "/assets/peer.js");
        add("review.js", "text/javascript; charset=utf-8", "/assets/review.js");
        add("resources.js", "text/javascript; charset=utf-8", "/assets/resources.js");
        add("suggestions.js", "text/javascript; charset=utf-8", "/assets/suggestions.js");
        add("icon.svg", "image/svg+xml", "/assets/icon.svg");
        add("icons.svg", "image/svg+xml", icons.sprite());
    }

    private static String webjar(String name, String file) {
        Properties properties = new Properties();
        String about = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream stream = Assets.class.getResourceAsStream(about)) {
            properties.load(Objects.requireNonNull(stream, about));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + name + "/" + properties.getProperty("version") + "/" + file;
    }

    private void add(String name, String type, String resource) {
        add(name, type, read(resource));
    }

    private void add(String name, String type, byte[] bytes) {
        Asset asset = new Asset("/assets/" + Sha256.shortHex(bytes) + "/" + name, type, bytes);
        byName.put(name, asset);
        byAddress.put(asset.address, asset);
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(stream, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a style in which the drawings are named by their addresses. */
    private byte[] withAddresses(byte[] style) {
        String text = new String(style, StandardCharsets.UTF_8);
        for (String kind : DRAWN_KINDS) {
            String name = "picture-" + kind + ".svg";
            text = text.replace("url(" + name + ")", "url(" + address(name) + ")");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the names of all files, sorted. */
    List<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    /**
     * Returns the path of a file.
     *
     * @throws NullPointerException if there is no file of that name
     */
    String address(String name) {
        return Objects.requireNonNull(byName.get(name), name).address;
    }

    /**
     * Returns the address of an icon of the pages, for an SVG {@code use} element.
     *
     * @throws IllegalArgumentException if the icon is not one of {@link Icons#NAMES}
     */
    String icon(String name) {
        return address("icons.svg") + "#" + Icons.checked(name);
    }

    void routes(RoutesConfig routes) {
        routes.get("/assets/{digest}/{name}", this::serve);
        routes.get("/favicon.ico", ctx -> ctx.redirect(address("icon.svg")));
    }

    private void serve(Context ctx) {
        Asset asset = byAddress.get(ctx.path());
        if (asset == null) {
            throw new NotFoundResponse();
        }
        ctx.disableCompression();
        ctx.contentType(asset.type);
        ctx.header("Cache-Control", FOREVER);
        ctx.header("Vary", "Accept-Encoding");
        ctx.header("X-Content-Type-Options", "nosniff");
        if (Gzip.isAccepted(ctx.header("Accept-Encoding"))) {
            ctx.header("Content-Encoding", "gzip");
            ctx.result(asset.zipped);
        } else {
            ctx.result(asset.bytes);
        }
    }
}

package org.librarypeers.app.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.bundles.SigningKeyRepository;
import tools.jackson.databind.JsonNode;

/** The pages about this library and its API. */
public final class AboutPages {

    private static final Pattern BLANK_LINES = Pattern.compile("\\n[ \\t]*(?:\\n[ \\t]*)+");

    private final Supplier<JsonNode> api;
    private final SigningKeyRepository signingKey;

    /**
     * Creates the pages.
     *
     * @param api returns the OpenAPI description
     * @param signingKey the key with which this library signs bundles
     */
    public AboutPages(Supplier<JsonNode> api, SigningKeyRepository signingKey) {
        this.api = api;
        this.signingKey = signingKey;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/about", this::about);
        routes.get("/about/api", this::api);
    }

    private void about(Visit visit) {
        long approved = visit.reads().resources().counts().getOrDefault(Status.APPROVED, 0L);
        Wording.Text about = visit.text(visit.library().about());
        Map<String, Object> values =
                new HashMap<>(Map.of("approved", approved, "about", about, "paragraphs", paragraphs(about.value())));
        signingKey
                .find()
                .ifPresent(key -> values.put("fingerprint", key.publicKey().fingerprint()));
        visit.render("reader/about", values);
    }

    /** Returns the lines of each paragraph. Blank lines are between paragraphs. */
    private static List<List<String>> paragraphs(String text) {
        return BLANK_LINES
                .splitAsStream(text)
                .map(paragraph -> paragraph.strip().lines().toList())
                .filter(lines -> !lines.isEmpty())
                .toList();
    }

    private void api(Visit visit) {
        visit.render("reader/api", Map.of("api", ApiGuide.of(api.get(), visit::absolute)));
    }
}

package org.librarypeers.app.api;

import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.function.Supplier;
import org.librarypeers.app.http.ServedAddress;
import org.librarypeers.http.wire.OrbJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI description of the API, for the present languages of the library. Thread-safe. */
public final class OpenApi {

    private final Derived<List<String>, ObjectNode> document;

    /**
     * Creates the description.
     *
     * @param languages returns the content languages of the library, the default first
     */
    public OpenApi(Supplier<List<String>> languages) {
        this.document = new Derived<>(languages, codes -> new OpenApiDocument(codes).document());
    }

    /** Returns the description, without the address of the server. Do not modify it. */
    public JsonNode document() {
        return document.get();
    }

    /** Adds the endpoint to the routes. */
    public void routes(RoutesConfig routes) {
        routes.get("/openapi.json", ctx -> {
            ObjectNode served = JsonNodeFactory.instance.objectNode();
            served.setAll(document.get());
            served.putArray("servers").addObject().put("url", ServedAddress.of(ctx));
            ctx.contentType("application/json").result(OrbJson.write(served));
        });
    }
}

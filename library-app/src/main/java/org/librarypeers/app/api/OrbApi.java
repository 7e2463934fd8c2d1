package org.librarypeers.app.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.http.wire.Site;
import org.librarypeers.sync.port.Catalogue;
import org.librarypeers.sync.port.CatalogueEntry;
import org.librarypeers.sync.port.CatalogueQuery;
import org.librarypeers.sync.port.CatalogueSlice;
import org.librarypeers.sync.port.ResourceRepository;
import tools.jackson.databind.node.ObjectNode;

/** The ORB v1 API, byte for byte as existing sites speak it, and the full feed between our own libraries. */
final class OrbApi {

    private static final String LIST = "/api/v1/resource/";
    private static final String ALLOWED = "GET,POST,PUT";

    private final Catalogue catalogue;
    private final ResourceRepository resources;
    private final AccountService accounts;
    private final List<String> languages;

    OrbApi(Library library) {
        this.catalogue = library.storage().catalogue();
        this.resources = library.storage().resources();
        this.accounts = library.accounts();
        this.languages = library.settings().languages();
    }

    void routes(RoutesConfig routes) {
        routes.get("/api/v1/resource", Answers::movedToSlash);
        routes.get(LIST, authenticated(this::list));
        routes.get("/api/v1/resource/{id}", Answers::movedToSlash);
        routes.get("/api/v1/resource/{id}/", authenticated(this::detail));
        // Writing needs an account that may write through the API, and none may yet.
        routes.post(LIST, Answers::unauthorized);
        routes.put(LIST, Answers::unauthorized);
        routes.put("/api/v1/resource/{id}/", Answers::unauthorized);
        for (String path : List.of(LIST, "/api/v1/resource/{id}/")) {
            Handler refuse = ctx -> Answers.methodNotAllowed(ctx, ALLOWED);
            routes.head(path, refuse);
            routes.delete(path, refuse);
            routes.patch(path, refuse);
        }
        routes.exception(
                BadParameterException.class, (e, ctx) -> Answers.badRequest(ctx, String.valueOf(e.getMessage())));
    }

    /** A handler that knows who asks. */
    private interface AccountHandler {
        void handle(Context ctx, Account caller);
    }

    private Handler authenticated(AccountHandler handler) {
        return ctx -> {
            Optional<Account> caller = caller(ctx);
            if (caller.isPresent()) {
                handler.handle(ctx, caller.get());
            } else {
                Answers.unauthorized(ctx);
            }
        };
    }

    /** An ApiKey header wins over the parameters; another scheme in the header is passed over. */
    private Optional<Account> caller(Context ctx) {
        String header = ctx.header("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith("apikey ")) {
            String[] userAndKey = header.substring("apikey ".length()).strip().split(":", 2);
            return userAndKey.length == 2 ? accounts.withApiKey(userAndKey[0], userAndKey[1]) : Optional.empty();
        }
        String user = ctx.queryParam("username");
        String key = ctx.queryParam("api_key");
        return user == null || key == null ? Optional.empty() : accounts.withApiKey(user, key);
    }

    private void list(Context ctx, Account caller) {
        ListRequest request = ListRequest.of(ctx.queryParamMap());
        String language = language(ctx);
        if (request.after() != null) {
            full(ctx, request, request.after(), language);
            return;
        }
        CatalogueSlice slice = catalogue.list(new CatalogueQuery(
                visible(caller, request.status()),
                request.from(),
                request.to(),
                request.order(),
                language,
                request.offset(),
                request.limit()));
        Site site = site(ctx);
        List<ObjectNode> objects = slice.entries().stream()
                .map(entry -> ResourceDocument.listed(entry, site, language))
                .toList();
        int offset = request.offset();
        long end = (long) offset + request.limit();
        String next = end < slice.total() ? link(ctx, request, "offset", end) : null;
        String previous = offset < request.limit() ? null : link(ctx, request, "offset", offset - request.limit());
        Answers.found(ctx, OrbJson.page(request.limit(), offset, slice.total(), next, previous, objects), language);
    }

    /** The full feed goes on from the position of a page's last entry, and says it on the last page too. */
    private void full(Context ctx, ListRequest request, long after, String language) {
        List<CatalogueEntry> entries = catalogue.changes(after, request.limit());
        Site site = site(ctx);
        List<ObjectNode> objects = entries.stream()
                .map(entry -> ResourceDocument.full(entry, site))
                .toList();
        long position =
                entries.isEmpty() ? after : entries.get(entries.size() - 1).position();
        String next = entries.size() < request.limit() ? null : link(ctx, request, "after", position);
        ObjectNode page = OrbJson.page(request.limit(), 0, approved(), next, null, objects);
        page.withObject("/meta").put("after", position);
        Answers.found(ctx, page, language);
    }

    private long approved() {
        return resources.counts().getOrDefault(Status.APPROVED, 0L);
    }

    private void detail(Context ctx, Account caller) {
        String id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}")) {
            Answers.couldNotBeProcessed(ctx, 404);
            return;
        }
        Optional<CatalogueEntry> entry = catalogue
                .find(Long.parseLong(id))
                .filter(found -> visible(caller, null).contains(found.resource().status()));
        if (entry.isEmpty()) {
            Answers.notFound(ctx);
            return;
        }
        String language = language(ctx);
        boolean full = "true".equals(ctx.queryParam("full"));
        ObjectNode body = full
                ? ResourceDocument.full(entry.get(), site(ctx))
                : ResourceDocument.detail(entry.get(), site(ctx), language);
        Answers.found(ctx, body, language);
    }

    /** Who reviews sees everything; the others what is public. */
    private static Set<Status> visible(Account caller, @Nullable Set<Status> asked) {
        Set<Status> may = caller.role().includes(Role.REVIEWER) ? Set.of(Status.values()) : Set.of(Status.APPROVED);
        return asked == null ? may : asked.stream().filter(may::contains).collect(Collectors.toSet());
    }

    private static String link(Context ctx, ListRequest request, String where, long begins) {
        return request.page(LIST, ctx.queryParamMap(), where, begins);
    }

    private Site site(Context ctx) {
        return new Site(ctx.scheme() + "://" + ctx.host(), languages);
    }

    /** The first of the caller's languages that this library has, else the library's default. */
    private String language(Context ctx) {
        String header = ctx.header("Accept-Language");
        if (header == null) {
            return languages.get(0);
        }
        try {
            String tag = Locale.lookupTag(Locale.LanguageRange.parse(header), languages);
            return tag == null ? languages.get(0) : tag.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return languages.get(0);
        }
    }
}

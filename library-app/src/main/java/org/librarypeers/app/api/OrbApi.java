package org.librarypeers.app.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.domain.Account;
import org.librarypeers.sync.catalogue.CataloguePart;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.library.LibraryStorage;

/** The ORB v1 API, byte for byte compatible with existing sites, and the full feed between our own libraries. */
public final class OrbApi {

    static final String ROOT = "/api/v1/";

    private static final List<HandlerType> METHODS = List.of(
            HandlerType.GET,
            HandlerType.HEAD,
            HandlerType.POST,
            HandlerType.PUT,
            HandlerType.PATCH,
            HandlerType.DELETE,
            HandlerType.OPTIONS);

    private final Derived<List<String>, Map<String, OrbSchema>> schemas;
    private final Authentication authentication;
    private final Throttle throttle;
    private final ResourceEndpoints resources;
    private final DigestEndpoint digests;
    private final ResourceWriteEndpoints writing;
    private final CataloguePartEndpoints parts;
    private final TagEndpoints tags;
    private final UploadEndpoints uploads;
    private final OrbRequests requests;

    /** Creates the API with these services. */
    public OrbApi(
            ApiSettings settings,
            LibraryStorage storage,
            AccountService accounts,
            SignIns signIns,
            Authoring authoring,
            FileStore files,
            Clock clock) {
        ImageHosts images = new ImageHosts(
                storage.imageHosts(),
                host -> storage.peers().findByHost(host).isPresent(),
                settings.userAgent(),
                clock);
        this.requests = new OrbRequests(new Languages(settings.languages()), images);
        this.schemas = new Derived<>(settings.languages(), OrbSchemas::of);
        this.authentication = new Authentication(accounts, signIns);
        this.throttle = new Throttle(storage.events(), clock, settings.requestsPerHour());
        this.resources = new ResourceEndpoints(
                storage, requests, () -> schema("resource"), new ServedChanges(storage.feedReaders(), clock));
        this.digests = new DigestEndpoint(storage);
        this.writing = new ResourceWriteEndpoints(storage.catalogue(), authoring, requests);
        this.parts = new CataloguePartEndpoints(storage, authoring, requests);
        this.tags = new TagEndpoints(storage, requests);
        this.uploads = new UploadEndpoints(
                storage.catalogue(), authoring, files, requests::defaultLanguage, settings.maxUploadBytes());
    }

    private OrbSchema schema(String kind) {
        return Optional.ofNullable(schemas.get().get(kind)).orElseThrow();
    }

    /** A handler for requests with valid credentials. */
    interface AccountHandler {
        void handle(Context ctx, Account caller) throws Exception;
    }

    /** Adds the endpoints to the routes. */
    public void routes(RoutesConfig routes) {
        routes.exception(RefusedException.class, (e, ctx) -> e.answer(ctx));
        new Address(routes, ROOT, "GET")
                .open(HandlerType.GET, ctx -> OrbResponses.addresses(ctx, listing()))
                .open(HandlerType.HEAD, ctx -> OrbResponses.addresses(ctx, listing()));
        resources(routes);
        part(routes, "resourceurl", CataloguePart.Kind.LINK);
        part(routes, "resourcefile", CataloguePart.Kind.FILE);
        part(routes, "resourcetag", CataloguePart.Kind.TAGGING);
        vocabulary(routes);
        new Address(routes, "/api/upload/image/", "POST").on(HandlerType.POST, uploads::image);
        new Address(routes, "/api/upload/file/", "POST").on(HandlerType.POST, uploads::file);
    }

    private void resources(RoutesConfig routes) {
        String path = ROOT + "resource/";
        Function<Context, Optional<Account>> who = authentication::byKeyOrSession;
        schema(routes, "resource");
        new Address(routes, path + "search/", "GET").as(who).throttled().on(HandlerType.GET, resources::search);
        new Address(routes, path + "set/{ids}/", "GET").as(who).throttled().on(HandlerType.GET, resources::set);
        new Address(routes, path + "digest/", "GET").as(who).throttled().on(HandlerType.GET, digests::summaries);
        new Address(routes, path, "GET,POST,PUT")
                .as(who)
                .throttled()
                .on(HandlerType.GET, resources::list)
                .on(HandlerType.POST, writing::create)
                .on(HandlerType.PUT, OrbApi::refuse);
        new Address(routes, path + "{id}/", "GET,POST,PUT")
                .as(who)
                .throttled()
                .on(HandlerType.GET, resources::detail)
                .on(HandlerType.PUT, writing::change)
                .open(HandlerType.POST, OrbResponses::notImplemented);
    }

    private void part(RoutesConfig routes, String name, CataloguePart.Kind kind) {
        String path = ROOT + name + "/";
        Optional<AccountHandler> add = Optional.ofNullable(
                switch (kind) {
                    case LINK -> parts::addLink;
                    case TAGGING -> parts::addTag;
                    case FILE -> null;
                });
        String methods = add.isPresent() ? "GET,POST,DELETE" : "GET,DELETE";
        schema(routes, name);
        new Address(routes, path + "set/{ids}/", "GET")
                .on(HandlerType.GET, (ctx, caller) -> parts.set(ctx, caller, kind));
        Address all = new Address(routes, path, methods)
                .on(HandlerType.GET, (ctx, caller) -> parts.list(ctx, caller, kind, schema(name)))
                .on(HandlerType.DELETE, OrbApi::refuse);
        Address one = new Address(routes, path + "{id}/", methods)
                .on(HandlerType.GET, (ctx, caller) -> parts.detail(ctx, caller, kind))
                .on(HandlerType.DELETE, (ctx, caller) -> parts.delete(ctx, caller, kind));
        add.ifPresent(handler -> {
            all.on(HandlerType.POST, handler);
            one.open(HandlerType.POST, OrbResponses::notImplemented);
        });
    }

    private void vocabulary(RoutesConfig routes) {
        for (TagEndpoints.Form form : TagEndpoints.Form.values()) {
            String path = ROOT + form.path() + "/";
            String methods = form == TagEndpoints.Form.LONG ? "GET,POST" : "GET";
            schema(routes, form.path());
            new Address(routes, path + "set/{ids}/", "GET").on(HandlerType.GET, (ctx, caller) -> tags.set(ctx, form));
            Address all = new Address(routes, path, methods)
                    .on(HandlerType.GET, (ctx, caller) -> tags.list(ctx, form, schema(form.path())));
            Address one = new Address(routes, path + "{id}/", methods)
                    .on(HandlerType.GET, (ctx, caller) -> tags.detail(ctx, form));
            if (form == TagEndpoints.Form.LONG) {
                all.on(HandlerType.POST, tags::add);
                one.open(HandlerType.POST, OrbResponses::notImplemented);
            }
        }
    }

    private void schema(RoutesConfig routes, String kind) {
        Address address = new Address(routes, ROOT + kind + "/schema/", "GET");
        if (kind.equals("resource")) {
            address.as(authentication::byKeyOrSession).throttled();
        }
        address.on(
                HandlerType.GET,
                (ctx, caller) -> OrbResponses.found(ctx, schema(kind).document(), requests.shownIn(ctx)));
    }

    /** Rejects requests that would change or delete all objects. No account has this right. */
    private static void refuse(Context ctx, Account caller) {
        throw RefusedException.unauthorized();
    }

    private String listing() {
        StringBuilder json = new StringBuilder("{");
        for (String kind : schemas.get().keySet()) {
            json.append(json.length() == 1 ? "" : ", ")
                    .append("\"%1$s\": {\"list_endpoint\": \"%2$s%1$s/\", \"schema\": \"%2$s%1$s/schema/\"}"
                            .formatted(kind, ROOT));
        }
        return json.append("}").toString();
    }

    /** One address of the API. Unsupported methods are rejected first, then missing credentials. */
    private final class Address {
        private final String methods;
        private final Map<HandlerType, Handler> handlers = new HashMap<>();
        private Function<Context, Optional<Account>> who = authentication::byKey;
        private boolean throttled;

        Address(RoutesConfig routes, String path, String methods) {
            this.methods = methods;
            String withoutSlash = path.substring(0, path.length() - 1);
            for (HandlerType method : METHODS) {
                routes.addHttpHandler(method, path, ctx -> handle(ctx, method));
                routes.addHttpHandler(method, withoutSlash, OrbResponses::movedToSlash);
            }
        }

        private void handle(Context ctx, HandlerType method) throws Exception {
            Handler handler = handlers.get(method);
            if (handler != null) {
                handler.handle(ctx);
            } else {
                OrbResponses.methods(ctx, method.equals(HandlerType.OPTIONS) ? 200 : 405, methods);
            }
        }

        Address as(Function<Context, Optional<Account>> callers) {
            this.who = callers;
            return this;
        }

        Address throttled() {
            this.throttled = true;
            return this;
        }

        /** Adds a handler that needs no credentials. */
        Address open(HandlerType method, Handler handler) {
            handlers.put(method, handler);
            return this;
        }

        /** Adds a handler that needs an account. */
        Address on(HandlerType method, AccountHandler handler) {
            return open(method, ctx -> {
                Account caller = who.apply(ctx).orElseThrow(RefusedException::unauthorized);
                if (throttled) {
                    Optional<Throttle.Counted> counted = throttle.count(ctx, caller);
                    if (counted.isPresent()) {
                        answer(ctx, caller, handler, counted.get());
                    }
                } else {
                    handler.handle(ctx, caller);
                }
            });
        }

        /** Runs the handler for a request that was counted. Failed requests do not count, except for 404. */
        private void answer(Context ctx, Account caller, AccountHandler handler, Throttle.Counted counted)
                throws Exception {
            boolean counts = false;
            try {
                handler.handle(ctx, caller);
                counts = true;
            } catch (RefusedException e) {
                counts = e.counts();
                throw e;
            } finally {
                if (!counts) {
                    counted.takeBack();
                }
            }
        }
    }
}

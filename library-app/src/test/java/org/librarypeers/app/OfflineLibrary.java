package org.librarypeers.app;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.app.accounts.SignIns;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.web.LibraryProfile;
import org.librarypeers.app.web.PageReads;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Website;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/**
 * A library in memory, which answers requests without a server, a socket or a database. It has only the routes that a
 * test adds. A request takes about a millisecond.
 */
public final class OfflineLibrary {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final List<String> LANGUAGES = List.of("en", "es", "pt-br");

    private static final byte[] SECRET_KEY = new byte[32];

    private final InMemoryStorage storage = new InMemoryStorage();
    private final InMemoryPeerClient network = new InMemoryPeerClient();
    private final SettableClock clock = new SettableClock(NOON);
    private final AccountService accounts = new AccountService(storage, RunningLibrary.PASSWORD_COST, clock);
    private final SignIns signIns = new SignIns(accounts, storage, clock, SECRET_KEY, ignored -> {});
    private final ReviewService review = new ReviewService(storage, clock);
    private final Website site = new Website(
            signIns,
            review,
            new PageReads(storage::reading, java.time.Duration.ZERO),
            () -> new LibraryProfile("Test library", LANGUAGES),
            clock);
    private final Javalin javalin;

    private OfflineLibrary(Adding<RoutesConfig> api, Adding<PageRoutes> pages) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.router.ignoreTrailingSlashes = false;
            api.add(this, config.routes);
            pages.add(this, site.routes(config.routes));
        });
    }

    /** Adds routes to a library. */
    @FunctionalInterface
    public interface Adding<R> {
        void add(OfflineLibrary library, R routes);
    }

    /** Returns an empty library with these pages. */
    public static OfflineLibrary withPages(Adding<PageRoutes> pages) {
        return new OfflineLibrary((library, routes) -> {}, pages);
    }

    /** Returns an empty library with these routes for programs, and without pages. */
    public static OfflineLibrary withApi(Adding<RoutesConfig> api) {
        return new OfflineLibrary(api, (library, routes) -> {});
    }

    public InMemoryStorage storage() {
        return storage;
    }

    /** Returns the network, to which a test connects other libraries. */
    public InMemoryPeerClient network() {
        return network;
    }

    public SettableClock clock() {
        return clock;
    }

    public AccountService accounts() {
        return accounts;
    }

    public SignIns signIns() {
        return signIns;
    }

    public ReviewService review() {
        return review;
    }

    public Authoring authoring() {
        return new Authoring(storage, clock);
    }

    /** Returns a new sync service of this library. */
    public SyncService sync() {
        return SyncService.builder()
                .storage(storage)
                .client(network)
                .clock(clock)
                .build();
    }

    /** Returns a browser in which nobody is signed in. */
    public OfflineVisitor visitor() {
        return new OfflineVisitor(this, javalin.javalinServlet());
    }

    /** Returns a browser in which a new account with this role is signed in. Its name is that of the role. */
    public OfflineVisitor visitor(Role role) {
        return visitor(new UserName("a-" + role.word()), role);
    }

    /** Returns a browser in which a new account with this name and role is signed in. */
    public OfflineVisitor visitor(UserName name, Role role) {
        accounts.create(name, role, null, "a long password");
        return visitor().signedIn(name);
    }

    /** Returns the visit of an English visitor at an address. Nobody is signed in. */
    public static Visit visit(String address) {
        List<Visit> visits = new ArrayList<>();
        String path = address.replaceFirst("[?].*", "");
        withPages((here, pages) -> pages.get(path, visits::add)).visitor().get(address);
        return visits.get(0);
    }

    /** Returns the visit of an English visitor who sends a form with these names and values, in turn. */
    public static Visit sent(String... fields) {
        List<Visit> visits = new ArrayList<>();
        withPages((here, pages) -> pages.post("/form", visits::add))
                .visitor()
                .withCookie("visitor", "somebody")
                .post("/form", fields);
        return visits.get(0);
    }
}

package org.librarypeers.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.UserName;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;

/**
 * Three libraries on this machine, each with its own database in one embedded PostgreSQL and its own API on loopback: B pulls
 * from A, and C from B.
 */
public final class Demo implements AutoCloseable {

    /** The address that the libraries listen on. */
    public static final String HOST = "127.0.0.1";

    /** The number of libraries. They are served at consecutive ports. */
    public static final int LIBRARIES = 3;

    private static final UserName VISITOR = new UserName("visitor");
    private static final List<String> LANGUAGES = List.of("en", "es", "pt-br", "ar");

    /** The resource of A whose GUID B uses for a resource of its own. */
    private static final Guid SHARED = Guid.of("42762334-d00f-4b11-a05f-e2f708c1d781");

    private static final Guid EDITED = Guid.of("ac8efe12-1c59-49f1-ba2d-de83458bfed0");

    private final LibrarySettings settings;
    private final PrintWriter out;
    private final EmbeddedPostgres postgres;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int step;

    /** One of the three libraries, with its server. */
    private record Member(String name, Library library, LibraryServer server) {
        List<Resource> approved() {
            return library.storage().resources().withStatus(Status.APPROVED, null, Integer.MAX_VALUE);
        }

        ApiKey visitorKey() {
            return library.accounts().apiKey(VISITOR).orElseThrow();
        }
    }

    /**
     * Creates a demo, and starts its embedded PostgreSQL. Its data is in the folder {@code demo} under the home of the
     * settings, separate from that of any library.
     */
    public Demo(LibrarySettings settings, PrintWriter out) {
        LibrarySettings own = LibrarySettings.in(settings.home().resolve("demo"))
                .with(Settings.LANGUAGES, String.join(",", LANGUAGES));
        String key = settings.secretKey();
        this.settings = key == null ? own : own.with(Settings.SECRET_KEY, key);
        this.out = out;
        this.postgres = EmbeddedPostgres.open(this.settings.home().resolve("postgres"));
        postgres.keepRunning(failure -> out.println("The database stopped: " + failure.getMessage()));
    }

    /**
     * Runs all steps of the demo.
     *
     * @param port the port of A; B and C use the next two; with 0, each uses any free port
     * @throws IllegalStateException if the result of a sync is not the expected one
     * @throws IOException if the sample content cannot be read
     */
    public void run(int port) throws IOException {
        Member a = open("A", port);
        Member b = open("B", port == 0 ? 0 : port + 1);
        Member c = open("C", port == 0 ? 0 : port + 2);
        say(
                "Three libraries are running, each with its own database",
                "A " + a.server.address() + "   B " + b.server.address() + "   C " + c.server.address());
        fill(a, b);
        Peer peerOfB = addPeer(b, a);
        firstSync(a, b, peerOfB);
        chain(b, c);
        editAndSyncAgain(a, b, peerOfB);
        whereToLook(a, b, c);
    }

    private Member open(String name, int port) {
        String database = "demo_" + name.toLowerCase(Locale.ROOT) + "_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Library library = Library.open(settings.with(Settings.NAME, "Library " + name), postgres, database);
        opened.add(0, () -> postgres.dropDatabase(database));
        opened.add(0, library);
        LibraryServer server = LibraryServer.start(library, HOST, port);
        opened.add(0, server);
        byte[] password = new byte[16];
        ThreadLocalRandom.current().nextBytes(password);
        library.accounts().create(VISITOR, Role.MEMBER, null, HexFormat.of().formatHex(password));
        return new Member(name, library, server);
    }

    private void fill(Member a, Member b) throws IOException {
        a.library
                .resourceImport()
                .run(
                        "resources.jsonl",
                        () -> Objects.requireNonNull(Demo.class.getResourceAsStream("/demo/resources.jsonl")),
                        true);
        make(b, SHARED, "Malaria rapid tests: how we do it here", "<p>Written by B for its own clinics.</p>");
        make(b, Guid.random(), "Where to find us", "<p>Opening hours of the reading room of B.</p>");
        say(
                "Libraries A and B have content",
                "A has " + a.approved().size() + " approved resources in English, Spanish, Portuguese and Arabic",
                "B has 2 resources of its own, one of them with the GUID of a resource of A; C has none");
    }

    private static void make(Member member, Guid guid, String title, String description) {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", title))
                .description(LocalizedText.of("en", description))
                .build();
        Resource resource = Resource.create(
                guid, content, UserName.SYSTEM, member.library.clock().instant());
        member.library
                .storage()
                .resources()
                .save(resource.approve(member.library.clock().instant()));
    }

    private Peer addPeer(Member member, Member other) {
        Peer peer = Peer.builder()
                .id(member.library.storage().peers().nextId())
                .name("Library " + other.name)
                .host(PeerHost.of(other.server.address()))
                .credentials(VISITOR.value(), other.visitorKey())
                .build();
        member.library.storage().peers().save(peer);
        say(member.name + " adds " + other.name + " as a peer", peer.toString());
        return peer;
    }

    private void firstSync(Member a, Member b, Peer peer) {
        SyncReport preview = b.library.sync().preview(peer, SyncListener.NONE);
        say("B previews a sync from A", words(preview), "Nothing was changed");
        SyncReport sync = b.library.sync().sync(peer, SyncListener.NONE);
        expect(
                sync.log()
                        .tally()
                        .equals(SyncTally.NONE.added(a.approved().size() - 1).keptLocal(1)),
                sync);
        say("B syncs from A", words(sync), "B's own resources were left unchanged; new resources wait for a review");
        int approved = b.library.review().approveAll().changed();
        say("B's reviewer approves the new resources", approved + " approved");
    }

    private void chain(Member b, Member c) {
        Peer peer = addPeer(c, b);
        SyncReport sync = c.library.sync().sync(peer, SyncListener.NONE);
        expect(sync.log().tally().added() == b.approved().size(), sync);
        c.library.review().approveAll();
        say("C syncs from B and receives A's resources that way", words(sync));
    }

    private void editAndSyncAgain(Member a, Member b, Peer peer) {
        Resource before = a.library.storage().resources().find(EDITED).orElseThrow();
        ResourceContent content = before.content();
        ResourceContent edited = content.toBuilder()
                .title(content.title().with("en", "COVID-19: protecting patients and staff (new guidance)"))
                .build();
        a.library
                .storage()
                .resources()
                .save(before.edit(edited, UserName.SYSTEM, a.library.clock().instant()));
        say("A edits one resource", "new title: " + edited.title().best(LANGUAGES));
        SyncReport sync = b.library.sync().sync(peer, SyncListener.NONE);
        expect(sync.log().tally().updated() == 1 && sync.log().tally().added() == 0, sync);
        String title = b.library
                .storage()
                .resources()
                .find(EDITED)
                .orElseThrow()
                .content()
                .title()
                .best(LANGUAGES);
        int old = b.library.storage().resources().history(EDITED).size();
        say(
                "B syncs from A again and takes only that resource",
                words(sync),
                "title at B: " + title,
                "The old text stays in the history (" + Count.of(old, "earlier revision") + ")");
    }

    private void whereToLook(Member... members) {
        List<String> lines = new ArrayList<>();
        for (Member member : members) {
            lines.add(member.name + " has " + member.approved().size() + " approved resources; in a browser: "
                    + member.server.address() + "/");
            lines.add("  curl -H 'Authorization: ApiKey " + VISITOR + ":"
                    + member.visitorKey().secret() + "' '" + member.server.address() + "/api/v1/resource/?limit=3'");
        }
        say("Where to look", lines.toArray(String[]::new));
    }

    private static String words(SyncReport report) {
        SyncTally tally = report.log().tally();
        return "%d new, %d updated, %d unchanged, %d kept local, %d failed (%s)"
                .formatted(
                        tally.added(),
                        tally.updated(),
                        tally.unchanged(),
                        tally.keptLocal(),
                        tally.failed(),
                        Count.of(report.log().requests(), "request"));
    }

    private static void expect(boolean asTold, SyncReport report) {
        if (!asTold || !report.succeeded()) {
            throw new IllegalStateException(
                    "the sync of " + report.peer() + " did not end as the demo expects: " + report.log());
        }
    }

    private void say(String what, String... details) {
        out.println();
        out.println(++step + ". " + what);
        for (String detail : details) {
            out.println("   " + detail);
        }
        out.flush();
    }

    /** Stops the three libraries, and drops their databases. */
    @Override
    public void close() {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                out.println("   (error while closing: " + e.getMessage() + ")");
            }
        }
        postgres.close();
    }
}

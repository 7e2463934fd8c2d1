package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.inmemory.InMemoryFiles;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Two libraries in memory, of which one writes bundles and the other reads them. */
final class TwoLibraries {

    static final UserName EDITOR = new UserName("amina");
    static final URI HOME = URI.create("https://a.example.org");

    final InMemoryStorage a = new InMemoryStorage();
    final InMemoryStorage b = new InMemoryStorage();
    final BundleService sender = service(a, HOME);
    final BundleService reader = service(b, null);
    private final Path folder;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    TwoLibraries(Path folder) {
        this.folder = folder;
    }

    static BundleService service(InMemoryStorage storage, @Nullable URI address) {
        return new BundleService(
                storage,
                new InMemoryFiles(),
                SyncListener.NONE,
                Clock.systemUTC(),
                "Library A",
                address,
                List.of("en"));
    }

    /** Returns the time of the last change at the sender. */
    Instant now() {
        return now;
    }

    private Instant next() {
        now = now.plusSeconds(1);
        return now;
    }

    Guid publish(String title) {
        return publish(titled(title));
    }

    Guid publish(ResourceContent content) {
        Guid guid = Guid.random();
        a.resources().save(Resource.create(guid, content, EDITOR, next()).approve(now));
        return guid;
    }

    /** Publishes enough resources that the loss of a few does not count as an outage. */
    void publishMany() {
        for (int i = 0; i < 9; i++) {
            publish("Number " + i);
        }
    }

    static ResourceContent titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    /** Returns a resource that hardly can be compressed. */
    static ResourceContent noise(int number, int bytes) {
        byte[] noise = new byte[bytes];
        new Random(number).nextBytes(noise);
        return ResourceContent.titled(LocalizedText.of("en", "Resource " + number))
                .description(LocalizedText.of("en", Base64.getEncoder().encodeToString(noise)))
                .build();
    }

    void change(Guid guid, String title) {
        a.resources().save(atSender(guid).edit(titled(title), EDITOR, next()));
    }

    void archive(Guid guid) {
        a.resources().save(atSender(guid).archive(next()));
    }

    void approve(Guid guid) {
        a.resources().save(atSender(guid).approve(next()));
    }

    private Resource atSender(Guid guid) {
        return a.resources().find(guid).orElseThrow();
    }

    Path write(String name, long after) throws IOException {
        return write(name, new BundleOrder(after, null, BundleOrder.EVERYTHING.only(), false, 0));
    }

    Path write(String name, BundleOrder order) throws IOException {
        Path file = folder.resolve(name);
        sender.write(file, order);
        return file;
    }

    long end(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            return bundle.manifest().upTo();
        }
    }

    Peer trusted(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            return reader.confirm(reader.sender(bundle.manifest()));
        }
    }

    SyncReport read(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            BundleSender from = reader.sender(bundle.manifest());
            assertThat(from.trust()).isEqualTo(BundleSender.Trust.CONFIRMED);
            SyncReport report =
                    reader.read(bundle, from.peer(), SyncListener.NONE).report();
            assertThat(report.succeeded()).as(report.log().message()).isTrue();
            return report;
        }
    }

    /** Returns the feed position of the cursor at the reader; -1 if it is missing. */
    long cursor(Peer peer) {
        return HttpPeerClient.feedPosition(b.harvest().cursor(peer.id()).orElse(null))
                .orElse(-1);
    }

    /** Returns the title of a resource at the reader. */
    String title(Guid guid) {
        return b.resources().find(guid).orElseThrow().content().title().best(List.of("en"));
    }
}

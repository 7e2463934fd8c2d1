package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.bundle.BundleDocuments;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.BundleRequest;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.inmemory.InMemoryFiles;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests of bundles that are read after the peer was read further. */
class LateBundleTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;

    @BeforeEach
    void create() {
        two = new TwoLibraries(folder);
        two.publishMany();
    }

    private Peer readAll(Path first, Path... others) throws IOException {
        Peer peer = two.trusted(first);
        two.read(first);
        for (Path other : others) {
            two.read(other);
        }
        return peer;
    }

    @Test
    void nothing_is_taken_whose_deletion_the_cursor_has_passed() throws IOException {
        Guid water = two.publish("Safe water");
        Path old = two.write("1.zip", 0);
        two.archive(water);
        readAll(two.write("2.zip", 0));

        SyncReport late = two.read(old);

        assertThat(two.b.resources().find(water)).isEmpty();
        assertThat(late.log().tally().added()).isZero();
        assertThat(late.log().message()).contains("1 resource");
    }

    @Test
    void a_version_that_was_deleted_before_it_was_read_ends_no_withdrawal() throws IOException {
        Guid water = two.publish("Safe water");
        Path first = two.write("1.zip", 0);
        two.change(water, "Safe water, second edition");
        Path second = two.write("2.zip", two.end(first));
        two.archive(water);
        Peer peer = readAll(first, two.write("3.zip", 0));

        two.read(second);

        assertThat(two.title(water)).isEqualTo("Safe water");
        assertThat(two.b.harvest().withdrawn(peer.id())).contains(water);
    }

    @Test
    void the_cursor_does_not_go_back_even_if_everything_is_read() throws IOException {
        Path old = two.write("1.zip", 0);
        Guid later = two.publish("Soap");
        Path newer = two.write("2.zip", 0);
        Peer peer = readAll(newer);
        Cursor cursor = two.b.harvest().cursor(peer.id()).orElseThrow();

        try (OpenedBundle bundle = two.reader.open(old);
                SyncService sync = SyncService.builder()
                        .storage(two.b)
                        .client(bundle.client(two.b.harvest(), two.b.earlyDeletions()))
                        .build()) {
            assertThat(sync.sync(two.b.peers().find(peer.id()).orElseThrow(), SyncScope.EVERYTHING, SyncListener.NONE)
                            .succeeded())
                    .isTrue();
        }

        assertThat(two.b.harvest().cursor(peer.id())).contains(cursor);
        assertThat(two.b.harvest().withdrawn(peer.id())).doesNotContain(later);
    }

    @Test
    void a_newer_version_that_could_not_be_saved_stays_quarantined() throws IOException {
        Guid water = two.publish("Safe water");
        Path old = two.write("1.zip", 0);
        two.change(water, "Safe water, second edition");
        Peer peer = readAll(old, writeUnreadable("2.zip", water));
        List<QuarantinedItem> quarantined = two.b.harvest().quarantinedItems(peer.id());
        assertThat(quarantined).extracting(QuarantinedItem::guid).containsExactly(water);

        two.read(old);

        assertThat(two.b.harvest().quarantinedItems(peer.id()))
                .extracting(QuarantinedItem::version)
                .containsExactly(quarantined.get(0).version());

        two.read(two.write("3.zip", 0));
        assertThat(two.title(water)).isEqualTo("Safe water, second edition");
        assertThat(two.b.harvest().quarantinedItems(peer.id())).isEmpty();
    }

    @Test
    void an_older_version_does_not_answer_the_retry_of_a_resource_that_was_never_saved() throws IOException {
        Guid water = two.publish("Safe water");
        Path old = two.write("1.zip", 0);
        two.change(water, "Safe water, second edition");
        Peer peer = readAll(writeUnreadable("2.zip", water));
        String version = two.b.harvest().quarantinedItems(peer.id()).get(0).version();

        two.read(old);

        assertThat(two.b.resources().find(water)).isEmpty();
        assertThat(two.b.harvest().quarantinedItems(peer.id()))
                .extracting(QuarantinedItem::version)
                .containsExactly(version);
    }

    /** Writes a complete bundle in which the form of one resource is wrong. */
    private Path writeUnreadable(String name, Guid unreadable) throws IOException {
        Path file = folder.resolve(name);
        WireDocuments wire = new WireDocuments(two.a.id(), List.of("en"));
        BundleDocuments documents = new BundleDocuments() {
            @Override
            public byte[] write(CatalogueEntry entry, String home) {
                String json = new String(wire.write(entry, home), StandardCharsets.UTF_8);
                return (entry.resource().guid().equals(unreadable)
                                ? json.replaceAll("\"title(_en)?\":\"[^\"]*\"", "\"title$1\":[]")
                                : json)
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] write(Deletion deletion) {
                return wire.write(deletion);
            }

            @Override
            public Document read(byte[] document, String home, String place) {
                return wire.read(document, home, place);
            }

            @Override
            public Cursor cursor(long position, @Nullable String upTo) {
                return wire.cursor(position, upTo);
            }

            @Override
            public long position(@Nullable Cursor cursor) {
                return wire.position(cursor);
            }

            @Override
            public boolean isOlder(String version, String than) {
                return wire.isOlder(version, than);
            }
        };
        new Bundles(documents, BundleLimits.DEFAULTS, Clock.systemUTC())
                .write(
                        file,
                        new BundleRequest(
                                two.a.id(),
                                "Library A",
                                PeerHost.of(TwoLibraries.HOME.toString()),
                                two.sender.key(),
                                0,
                                null,
                                0),
                        new OrderedContents(two.a, new BundleFiles(new InMemoryFiles()), BundleOrder.EVERYTHING));
        return file;
    }
}

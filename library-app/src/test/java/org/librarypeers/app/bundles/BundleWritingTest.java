package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.BundleManifest;
import org.librarypeers.bundle.BundleRequest;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.inmemory.InMemoryFiles;

/** Tests of what bundles contain. */
class BundleWritingTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;

    @BeforeEach
    void create() {
        two = new TwoLibraries(folder);
    }

    @Test
    void files_come_along_and_are_found_by_their_digest() throws IOException {
        InMemoryFiles from = new InMemoryFiles();
        InMemoryFiles to = new InMemoryFiles();
        byte[] content = "a file".getBytes(StandardCharsets.UTF_8);
        String sha256 = from.put(new java.io.ByteArrayInputStream(content), 100).sha256();
        ResourceContent resource = ResourceContent.titled(LocalizedText.of("en", "With a picture"))
                .image("/media/resourceimage/" + sha256 + "/a.png")
                .build();
        two.publish(resource);
        BundleService with = new BundleService(
                two.a, from, SyncListener.NONE, Clock.systemUTC(), "A", TwoLibraries.HOME, List.of("en"));
        BundleService keeps =
                new BundleService(two.b, to, SyncListener.NONE, Clock.systemUTC(), "B", null, List.of("en"));
        Path file = folder.resolve("a.zip");
        with.write(file, BundleOrder.EVERYTHING.withFiles(true));

        try (OpenedBundle bundle = keeps.open(file)) {
            Peer peer = keeps.confirm(keeps.sender(bundle.manifest()));
            assertThat(keeps.read(bundle, peer, SyncListener.NONE).files()).isEqualTo(1);
        }
        assertThat(to.find(sha256)).isPresent();
    }

    @Test
    void the_manifest_counts_the_lines_and_has_the_digest_of_each_entry() throws IOException {
        two.archive(two.publish("Soap"));
        for (int i = 0; i < 450; i++) {
            two.publish("Number " + i);
        }
        Path file = two.write("a.zip", 0);

        RepackedBundle archive = RepackedBundle.of(file);
        BundleManifest manifest = manifest(file);
        long lines = archive.entries().keySet().stream()
                .filter(name -> name.startsWith("resources/"))
                .mapToLong(name -> archive.text(name).lines().count())
                .sum();
        assertThat(manifest.resources()).isEqualTo(450);
        assertThat(manifest.deletions()).isEqualTo(1);
        assertThat(lines).isEqualTo(451);
        assertThat(manifest.entries())
                .hasSizeGreaterThan(2)
                .extracting(BundleManifest.Entry::name)
                .containsExactlyElementsOf(archive.entries().keySet().stream()
                        .filter(name -> !name.startsWith("manifest"))
                        .toList());
        assertThat(manifest.entries()).allSatisfy(entry -> {
            byte[] content = archive.get(entry.name());
            assertThat(entry.size()).isEqualTo(content.length);
            assertThat(entry.sha256()).isEqualTo(Sha256.hex(content));
        });
        assertThat(manifest.entries().get(manifest.entries().size() - 1).upTo()).isEqualTo(manifest.upTo());
    }

    private BundleManifest manifest(Path file) throws IOException {
        try (OpenedBundle bundle = two.reader.open(file)) {
            return bundle.manifest();
        }
    }

    @Test
    void a_rule_chooses_the_resources_and_the_cursor_of_the_reader_stays() throws IOException {
        Guid french = two.publish(ResourceContent.titled(LocalizedText.of("fr", "Eau potable"))
                .description(LocalizedText.of("fr", "Un texte"))
                .build());
        Guid english = two.publish("Safe water");
        BundleOrder order = BundleOrder.EVERYTHING.only(SelectionRule.parse("language:fr"));
        Path file = two.write("fr.zip", order);

        BundleManifest manifest = manifest(file);
        assertThat(manifest.resources()).isEqualTo(1);
        assertThat(manifest.selection()).contains("language:fr");
        assertThat(manifest.isGapless()).isFalse();

        Peer peer = two.trusted(file);
        SyncReport report = two.read(file);
        assertThat(report.log().message()).contains("language:fr");
        assertThat(two.b.resources().find(french)).isPresent();
        assertThat(two.b.resources().find(english)).isEmpty();
        assertThat(two.cursor(peer)).isEqualTo(-1);

        // What the rule left out comes with a complete bundle, which moves the cursor.
        Path all = two.write("all.zip", 0);
        two.read(all);
        assertThat(two.b.resources().find(english)).isPresent();
        assertThat(two.cursor(peer)).isEqualTo(two.end(all));
    }

    private WrittenBundle write(BundleLimits limits, long partSize) throws IOException {
        Bundles bundles =
                new Bundles(new WireDocuments(two.a.id(), List.of("en")), limits, Clock.systemUTC()).withChunk(2);
        BundleOrder order = BundleOrder.EVERYTHING.inParts(partSize);
        BundleRequest request = new BundleRequest(
                two.a.id(), "A", PeerHost.of(TwoLibraries.HOME.toString()), bundles.newKey(), 0, null, partSize);
        WrittenBundle written = bundles.write(
                folder.resolve("limited.zip"),
                request,
                new OrderedContents(two.a, new BundleFiles(new InMemoryFiles()), order));
        for (WrittenBundle.Part part : written.parts()) {
            bundles.open(part.file()).close();
        }
        return written;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_bundle_is_never_larger_than_its_readers_allow(boolean byEntries) throws IOException {
        for (int i = 0; i < 9; i++) {
            two.publish(TwoLibraries.noise(i, 2_000));
        }
        // The manifest is counted as its largest size of 64 KiB and more.
        BundleLimits limits = byEntries ? new BundleLimits(16L << 30, 7, 200) : new BundleLimits(80_000, 1_000, 200);

        BundleException refused = catchThrowableOfType(BundleException.class, () -> write(limits, 0));
        assertThat(refused).isNotNull();
        assertThat(refused.problem()).isEqualTo(BundleException.Problem.TOO_LARGE);
        assertThat(refused).hasMessageContaining("--part-size");
        assertThat(folder).isEmptyDirectory();

        WrittenBundle parts = write(limits, 1 << 20);
        assertThat(parts.parts()).hasSizeGreaterThan(1);
        assertThat(parts.resources()).isEqualTo(9);
    }

    @Test
    void a_description_that_compresses_too_well_is_no_bomb() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String language : List.of("en", "es", "fr", "pt", "ar", "sw", "de")) {
            texts.put(language, "a".repeat(199_000));
        }
        two.publish(ResourceContent.titled(LocalizedText.of("en", "Long"))
                .description(new LocalizedText(texts))
                .build());

        assertThat(write(BundleLimits.DEFAULTS, 0).resources()).isEqualTo(1);
    }
}

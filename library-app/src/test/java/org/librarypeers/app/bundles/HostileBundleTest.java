package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Sha256;
import org.librarypeers.sync.SyncReport;

/** Tests of bundles with a valid signature of a trusted key that are hostile nevertheless. */
class HostileBundleTest {

    private static final String RESOURCES = "resources/000001.jsonl";

    @TempDir
    private Path folder;

    private TwoLibraries two;
    private RepackedBundle bundle;

    @BeforeEach
    void write() throws IOException {
        two = new TwoLibraries(folder);
        two.publish("Safe water");
        Path file = two.write("a.zip", 0);
        two.trusted(file);
        bundle = RepackedBundle.of(file);
    }

    private Path made() {
        return folder.resolve("made.zip");
    }

    private BundleException refused() {
        BundleException refused = catchThrowableOfType(
                BundleException.class, () -> two.reader.open(made()).close());
        assertThat(refused).isNotNull();
        return refused;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped",
                "/escaped",
                "resources/../../escaped",
                "files/../../escaped",
                "resources\\000002.jsonl",
                "resources/000002.jsonl/../../escaped"
            })
    void a_path_that_leaves_the_archive_is_refused_even_if_it_was_signed(String path) throws Exception {
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        bundle.put(path, content)
                .signed(
                        two.sender.key(),
                        manifest -> manifest.replace(
                                "\"entries\":[",
                                "\"entries\":[{\"name\":\"" + path.replace("\\", "\\\\") + "\",\"size\":1,\"sha256\":\""
                                        + Sha256.hex(content) + "\"},"))
                .write(made());

        assertThat(refused().problem()).isEqualTo(Problem.UNEXPECTED_ENTRY);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(Path::getFileName).map(Path::toString).containsOnly("a.zip", "made.zip");
        }
    }

    @Test
    void a_digest_that_is_not_that_of_its_entry_is_refused() throws Exception {
        String digest = Sha256.hex(bundle.get(RESOURCES));
        bundle.signed(two.sender.key(), manifest -> manifest.replace(digest, "0".repeat(64)))
                .write(made());

        assertThat(refused().problem()).isEqualTo(Problem.CHANGED);
    }

    @Test
    void counts_that_are_not_true_change_neither_what_is_read_nor_how_it_is_counted() throws Exception {
        bundle.signed(
                        two.sender.key(),
                        manifest -> manifest.replace("\"resources\":1,", "\"resources\":999999999999,")
                                .replace("\"deletions\":0,", "\"deletions\":7,"))
                .write(made());

        SyncReport report = two.read(made());

        assertThat(report.log().tally().added()).isEqualTo(1);
        assertThat(report.log().tally().withdrawn()).isZero();
    }

    /** The directory of an archive can state a small size for an entry that becomes a large one. */
    @Test
    void an_entry_that_is_longer_than_the_directory_says_is_refused() throws Exception {
        byte[] bomb = new byte[900_000];
        String size = "\"size\":" + bundle.get(RESOURCES).length;
        String digest = Sha256.hex(bundle.get(RESOURCES));
        bundle.put(RESOURCES, bomb)
                .signed(
                        two.sender.key(),
                        manifest -> manifest.replace(size, "\"size\":100").replace(digest, Sha256.hex(bomb)))
                .write(made());
        byte[] bytes = Files.readAllBytes(made());
        // The size is the field at 24 of the header in the directory, which follows all entries. The name is at 46.
        int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(RESOURCES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(name - 46 + 24, 100);
        Files.write(made(), bytes);

        assertThat(refused().problem()).isIn(Problem.CHANGED, Problem.NOT_A_BUNDLE);
    }

    @Test
    void an_archive_beyond_the_limits_of_its_reader_is_refused_before_its_signature_is_looked_at() throws IOException {
        bundle.put("manifest.sig", new byte[64]).write(made());
        for (BundleLimits limits : List.of(new BundleLimits(1_000, 1_000, 200), new BundleLimits(16L << 30, 2, 200))) {
            Bundles reader = new Bundles(new WireDocuments(two.b.id(), List.of("en")), limits, Clock.systemUTC());

            BundleException refused = catchThrowableOfType(
                    BundleException.class, () -> reader.open(made()).close());

            assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE);
        }
    }

    @Test
    void an_index_that_names_a_file_which_is_not_there_keeps_no_file_and_all_resources() throws Exception {
        String index = "{\"address\":\"https://a.example.org/media/resource/" + "0".repeat(64)
                + "/a.pdf\",\"sha256\":\"" + "0".repeat(64) + "\"}\n";
        byte[] bytes = index.getBytes(StandardCharsets.UTF_8);
        bundle.put("files.jsonl", bytes)
                .signed(
                        two.sender.key(),
                        manifest -> manifest.replace(
                                "\"entries\":[",
                                "\"entries\":[{\"name\":\"files.jsonl\",\"size\":" + bytes.length + ",\"sha256\":\""
                                        + Sha256.hex(bytes) + "\"},"))
                .write(made());
        Peer peer = two.b.peers().all().get(0);

        BundleException refused = catchThrowableOfType(BundleException.class, () -> two.read(made()));

        assertThat(refused.problem()).isEqualTo(Problem.CHANGED);
        assertThat(two.b.harvest().offered(peer.id())).hasSize(1);
    }
}

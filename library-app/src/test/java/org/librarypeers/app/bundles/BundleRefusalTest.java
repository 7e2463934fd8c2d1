package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of bundles that are cut, changed, too large, or from somebody else. */
class BundleRefusalTest {

    @TempDir
    private Path folder;

    private TwoLibraries two;

    @BeforeEach
    void create() {
        two = new TwoLibraries(folder);
    }

    @Test
    void a_bundle_whose_end_is_missing_is_refused() throws IOException {
        two.publish("Safe water");
        byte[] whole = Files.readAllBytes(two.write("a.zip", 0));
        Path cut = folder.resolve("cut.zip");
        for (int length : List.of(0, 1, whole.length / 2, whole.length - 1)) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThat(refused(cut).problem()).isEqualTo(Problem.NOT_A_BUNDLE);
        }
    }

    @Test
    void a_changed_resource_is_refused() throws IOException {
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("a.zip", 0));
        String resources = "resources/000001.jsonl";
        entries.put(resources, entries.text(resources).replace("Safe water", "Safe wafer"));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.CHANGED);
    }

    @Test
    void a_changed_manifest_is_refused() throws IOException {
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put("manifest.json", entries.text("manifest.json").replace("Library A", "Library B"));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.BAD_SIGNATURE);
    }

    @Test
    void a_manifest_of_a_later_version_is_refused() throws IOException {
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put("manifest.json", entries.text("manifest.json").replace("\"version\":1", "\"version\":2"));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.UNKNOWN_VERSION);
    }

    @Test
    void the_signature_of_another_bundle_does_not_fit() throws IOException {
        RepackedBundle other = entries(two.write("a.zip", 0));
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("b.zip", 0));
        entries.put("manifest.sig", other.get("manifest.sig"));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escaped",
                "/etc/passwd",
                "resources/../../x",
                "readme.txt",
                "resources/1.jsonl",
                "files/x",
                "resources/",
                "resources/000002.jsonl"
            })
    void an_entry_that_was_not_signed_is_refused(String name) throws IOException {
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put(name, new byte[0]);

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.UNEXPECTED_ENTRY);
    }

    @Test
    void an_entry_twice_is_refused() throws IOException {
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put("resources/000009.jsonl", entries.get("resources/000001.jsonl"));
        byte[] bytes = Files.readAllBytes(zip(entries));
        String latin = new String(bytes, StandardCharsets.ISO_8859_1).replace("resources/000009", "resources/000001");
        Path twice = Files.write(folder.resolve("twice.zip"), latin.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(twice).problem()).isIn(Problem.UNEXPECTED_ENTRY, Problem.NOT_A_BUNDLE);
    }

    @Test
    void a_missing_entry_is_refused() throws IOException {
        two.publish("Safe water");
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.remove("resources/000001.jsonl");

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.CHANGED);
        entries.remove("manifest.sig");
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.NOT_A_BUNDLE);
    }

    @Test
    void an_archive_that_grows_beyond_measure_is_refused_before_it_is_decompressed() throws IOException {
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put("resources/000001.jsonl", new byte[32 << 20]);
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);

        entries.put("resources/000001.jsonl", new byte[65 << 20]);
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void an_unknown_sender_is_not_trusted() throws IOException {
        two.publish("Safe water");
        Path file = two.write("a.zip", 0);
        try (OpenedBundle bundle = two.reader.open(file)) {
            assertThat(two.reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.UNKNOWN);
        }
        Peer peer = two.trusted(file);
        two.b
                .peers()
                .save(peer.withAccess(new PeerAccess.Bundle(
                        new TrustedKey(peer.access().trustedKey().orElseThrow().key(), false), null)));
        try (OpenedBundle bundle = two.reader.open(file)) {
            assertThat(two.reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.UNKNOWN);
        }
    }

    /** Somebody changes a bundle, signs it again with another key, and so claims to be the same library. */
    @Test
    void a_bundle_that_another_key_signed_is_pointed_out_and_changes_nothing() throws Exception {
        Guid water = two.publish("Safe water");
        Path file = two.write("a.zip", 0);
        Peer peer = two.trusted(file);
        two.read(file);
        long cursor = two.cursor(peer);
        two.change(water, "Safe water, second edition");
        Guid soap = two.publish("Soap");
        two.archive(soap);
        SigningKey own = two.sender.key();
        SigningKey imitated = TwoLibraries.service(new InMemoryStorage(), null).key();
        Path changed = RepackedBundle.of(two.write("b.zip", 0))
                .signed(
                        imitated,
                        manifest -> manifest.replace(
                                own.publicKey().hex(), imitated.publicKey().hex()))
                .write(folder.resolve("imitated.zip"));

        try (OpenedBundle bundle = two.reader.open(changed)) {
            assertThat(two.reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.OTHER_KEY);
            SyncReport forced = two.reader.read(bundle, peer, SyncListener.NONE).report();
            assertThat(forced.succeeded()).isFalse();
            assertThat(forced.log().message()).contains("was signed with key");
        }
        assertThat(two.title(water)).isEqualTo("Safe water");
        assertThat(two.cursor(peer)).isEqualTo(cursor);
        assertThat(two.b.earlyDeletions().positions(peer.id(), List.of(soap))).isEmpty();
    }

    private BundleException refused(Path file) {
        BundleException refused = catchThrowableOfType(
                BundleException.class, () -> two.reader.open(file).close());
        assertThat(refused).as("refusal of " + file).isNotNull();
        assertThat(two.b.peers().all()).isEmpty();
        return refused;
    }

    /** The manifest is read into memory, so its values are counted first. */
    @Test
    void a_manifest_with_far_more_values_than_entries_is_refused() throws IOException {
        RepackedBundle entries = entries(two.write("a.zip", 0));
        entries.put("manifest.json", ("[" + "{},".repeat(5_000) + "{}]").getBytes(StandardCharsets.UTF_8));
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);

        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        entries.put("manifest.json", noise);
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);
    }

    private static RepackedBundle entries(Path file) throws IOException {
        return RepackedBundle.of(file);
    }

    private Path zip(RepackedBundle entries) throws IOException {
        return entries.write(folder.resolve("made.zip"));
    }
}

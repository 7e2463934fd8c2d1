package org.librarypeers.app.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleException.Problem;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.TrustedKey;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.inmemory.InMemoryFiles;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of bundles between two libraries in memory: what is refused, what changes nothing, and where the cursor ends. */
class BundleServiceTest {

    private static final UserName EDITOR = new UserName("amina");
    private static final URI HOME = URI.create("https://a.example.org");

    @TempDir
    private Path folder;

    private final InMemoryStorage a = new InMemoryStorage();
    private final InMemoryStorage b = new InMemoryStorage();
    private final BundleService sender = service(a, HOME);
    private final BundleService reader = service(b, null);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private static BundleService service(InMemoryStorage storage, @Nullable URI address) {
        return new BundleService(
                storage,
                new InMemoryFiles(),
                SyncListener.NONE,
                Clock.systemUTC(),
                "Library A",
                address,
                List.of("en"));
    }

    private Guid publish(String title) {
        Guid guid = Guid.random();
        now = now.plusSeconds(1);
        a.resources().save(Resource.create(guid, titled(title), EDITOR, now).approve(now));
        return guid;
    }

    private static ResourceContent titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    private void change(Guid guid, String title) {
        now = now.plusSeconds(1);
        a.resources().save(a.resources().find(guid).orElseThrow().edit(titled(title), EDITOR, now));
    }

    private Path write(String name, long after) throws IOException {
        Path file = folder.resolve(name);
        sender.write(file, new BundleService.Wanted(after, null, false, 0));
        return file;
    }

    @Test
    void a_complete_bundle_read_again_after_a_part_withdraws_nothing_that_the_part_brought() throws IOException {
        // More resources keep the share of withdrawals small.
        for (int i = 0; i < 9; i++) {
            publish("Number " + i);
        }
        Path complete = write("complete.zip", 0);
        trusted(complete);
        read(complete);
        Guid later = publish("Two");
        Path part = folder.resolve("part.zip");
        sender.write(part, new BundleService.Wanted(0, now, false, 0));
        assertThat(read(part).log().tally().added()).isEqualTo(1);

        SyncReport again = read(complete);

        assertThat(again.log().tally().withdrawn()).isZero();
        assertThat(b.harvest().withdrawn(again.peer().id())).doesNotContain(later);
    }

    private Peer trusted(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            return reader.confirm(reader.sender(bundle.manifest()));
        }
    }

    private SyncReport read(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            BundleSender from = reader.sender(bundle.manifest());
            assertThat(from.trust()).isEqualTo(BundleSender.Trust.CONFIRMED);
            return reader.read(bundle, from.peer(), SyncListener.NONE).report();
        }
    }

    private long cursor(Peer peer) {
        return HttpPeerClient.feedPosition(b.harvest().cursor(peer.id()).orElse(null))
                .orElse(-1);
    }

    private String title(Guid guid) {
        return b.resources().find(guid).orElseThrow().content().title().best(List.of("en"));
    }

    private BundleException refused(Path file) {
        BundleException refused = catchThrowableOfType(
                BundleException.class, () -> reader.open(file).close());
        assertThat(refused).as("refusal of " + file).isNotNull();
        assertThat(b.peers().all()).isEmpty();
        return refused;
    }

    @Test
    void the_resources_arrive_pending_with_their_guids_and_a_second_reading_changes_nothing() throws IOException {
        Guid water = publish("Safe water");
        publish("Hand washing");
        Path file = write("a.zip", 0);
        Peer peer = trusted(file);

        SyncReport first = read(file);
        SyncReport second = read(file);

        assertThat(first.succeeded()).as(first.log().message()).isTrue();
        assertThat(first.log().tally().added()).isEqualTo(2);
        Resource arrived = b.resources().find(water).orElseThrow();
        assertThat(arrived.status()).isEqualTo(Status.PENDING);
        Origin.FromPeer origin = (Origin.FromPeer) arrived.origin();
        assertThat(origin.sourceHost()).isEqualTo(HOME.toString());
        assertThat(origin.peer()).isEqualTo(peer.id());
        assertThat(second.log().tally().unchanged()).isEqualTo(2);
        assertThat(second.log().tally().added() + second.log().tally().updated())
                .isZero();
        assertThat(cursor(peer)).isPositive();
    }

    @Test
    void a_preview_saves_neither_resources_nor_the_peer() throws IOException {
        publish("Safe water");
        try (OpenedBundle bundle = reader.open(write("a.zip", 0))) {
            SyncReport preview =
                    reader.preview(bundle, reader.sender(bundle.manifest()).peer(), SyncListener.NONE);

            assertThat(preview.log().tally().added()).isEqualTo(1);
        }
        assertThat(b.peers().all()).isEmpty();
        assertThat(b.resources().withStatus(Status.PENDING, null, 10)).isEmpty();
    }

    @Test
    void bundles_in_the_wrong_order_lose_nothing_and_overwrite_nothing_newer() throws IOException {
        Guid water = publish("Safe water");
        Guid soap = publish("Soap");
        Path first = write("1.zip", 0);
        long end = end(first);
        change(water, "Safe water, second edition");
        Guid fresh = publish("Oral rehydration");
        Path second = write("2.zip", end);
        Peer peer = trusted(first);

        SyncReport gap = read(second);
        assertThat(gap.log().message()).contains("begins after feed position " + end);
        assertThat(cursor(peer)).isEqualTo(-1);

        SyncReport late = read(first);
        assertThat(late.log().tally().added()).isEqualTo(1);
        assertThat(title(water)).isEqualTo("Safe water, second edition");
        assertThat(b.resources().find(soap)).isPresent();
        assertThat(b.resources().find(fresh)).isPresent();
        assertThat(cursor(peer)).isEqualTo(end);

        assertThat(read(second).log().tally().unchanged()).isEqualTo(2);
        assertThat(cursor(peer)).isEqualTo(end(second));

        assertThat(read(first).log().tally().updated()).isZero();
        assertThat(title(water)).isEqualTo("Safe water, second edition");
        assertThat(cursor(peer)).isEqualTo(end(second));
    }

    private long end(Path file) throws IOException {
        try (OpenedBundle bundle = reader.open(file)) {
            return bundle.manifest().upTo();
        }
    }

    @Test
    void a_complete_bundle_shows_what_was_withdrawn_and_an_older_one_does_not() throws IOException {
        Guid water = publish("Safe water");
        List.of("1", "2", "3", "4", "5", "6", "7", "8").forEach(this::publish);
        Path first = write("1.zip", 0);
        Peer peer = trusted(first);
        read(first);
        now = now.plusSeconds(1);
        a.resources().save(a.resources().find(water).orElseThrow().archive(now));
        Guid fresh = publish("Oral rehydration");

        assertThat(read(write("2.zip", 0)).log().tally().withdrawn()).isEqualTo(1);
        assertThat(b.harvest().withdrawn(peer.id())).containsExactly(water);

        read(first);
        assertThat(b.harvest().withdrawn(peer.id())).doesNotContain(fresh);
    }

    @Test
    void a_network_peer_continues_after_a_complete_bundle_and_not_after_a_partial_one() throws IOException {
        publish("Safe water");
        Peer peer = Peer.builder()
                .id(b.peers().nextId())
                .name("A on the network")
                .host(PeerHost.of(HOME.toString()))
                .credentials("reader", new ApiKey("key"))
                .build();
        b.peers().save(peer);
        Path part = folder.resolve("part.zip");
        sender.write(part, new BundleService.Wanted(0, now, false, 0));

        Peer confirmed = trusted(part);
        assertThat(confirmed.id()).isEqualTo(peer.id());
        assertThat(confirmed.takesRequests()).isTrue();
        assertThat(read(part).log().tally().added()).isEqualTo(1);
        assertThat(cursor(peer)).isEqualTo(-1);

        Path all = write("all.zip", 0);
        assertThat(read(all).log().tally().unchanged()).isEqualTo(1);
        assertThat(cursor(peer)).isEqualTo(end(all));
    }

    @Test
    void parts_can_be_read_one_by_one() throws IOException {
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[6_000];
            new Random(i).nextBytes(noise);
            String text = Base64.getEncoder().encodeToString(noise);
            ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Resource " + i))
                    .description(LocalizedText.of("en", text))
                    .build();
            a.resources()
                    .save(Resource.create(Guid.random(), content, EDITOR, now).approve(now));
        }
        WrittenBundle written =
                sender.write(folder.resolve("a.zip"), new BundleService.Wanted(0, null, false, 128 << 10));
        assertThat(written.parts()).hasSizeGreaterThan(2).allSatisfy(part -> {
            assertThat(part.size()).isLessThanOrEqualTo(128 << 10);
            assertThat(Files.size(part.file())).isEqualTo(part.size());
        });

        Peer peer = trusted(written.parts().get(0).file());
        long added = 0;
        for (WrittenBundle.Part part : written.parts()) {
            added += read(part.file()).log().tally().added();
            assertThat(cursor(peer)).isEqualTo(part.manifest().upTo());
        }
        assertThat(added).isEqualTo(40);
        assertThat(written.resources()).isEqualTo(40);
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
        a.resources().save(Resource.create(Guid.random(), resource, EDITOR, now).approve(now));
        BundleService with = new BundleService(a, from, SyncListener.NONE, Clock.systemUTC(), "A", HOME, List.of("en"));
        BundleService keeps = new BundleService(b, to, SyncListener.NONE, Clock.systemUTC(), "B", null, List.of("en"));
        Path file = folder.resolve("a.zip");
        with.write(file, new BundleService.Wanted(0, null, true, 0));

        try (OpenedBundle bundle = keeps.open(file)) {
            Peer peer = keeps.confirm(keeps.sender(bundle.manifest()));
            assertThat(keeps.read(bundle, peer, SyncListener.NONE).files()).isEqualTo(1);
        }
        assertThat(to.find(sha256)).isPresent();
    }

    @Test
    void an_unknown_sender_is_not_trusted_and_another_key_of_a_known_one_is_pointed_out() throws IOException {
        publish("Safe water");
        Path file = write("a.zip", 0);
        try (OpenedBundle bundle = reader.open(file)) {
            assertThat(reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.UNKNOWN);
        }
        Peer peer = trusted(file);
        // Somebody else signs the same content, and claims to be the same library.
        InMemoryStorage imitator = new InMemoryStorage();
        Path imitated = folder.resolve("imitated.zip");
        service(imitator, HOME).write(imitated, new BundleService.Wanted(0, null, false, 0));

        try (OpenedBundle bundle = reader.open(imitated)) {
            assertThat(reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.OTHER_KEY);
            SyncReport forced = reader.read(bundle, peer, SyncListener.NONE).report();
            assertThat(forced.succeeded()).isFalse();
            assertThat(forced.log().message()).contains("was signed with key");
        }
        b.peers()
                .save(peer.withAccess(new PeerAccess.Bundle(
                        new TrustedKey(peer.access().trustedKey().orElseThrow().key(), false), null)));
        try (OpenedBundle bundle = reader.open(file)) {
            assertThat(reader.sender(bundle.manifest()).trust()).isEqualTo(BundleSender.Trust.UNKNOWN);
        }
    }

    @Test
    void a_bundle_whose_end_is_missing_is_refused() throws IOException {
        publish("Safe water");
        byte[] whole = Files.readAllBytes(write("a.zip", 0));
        Path cut = folder.resolve("cut.zip");
        for (int length : List.of(0, 1, whole.length / 2, whole.length - 1)) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThat(refused(cut).problem()).isEqualTo(Problem.NOT_A_BUNDLE);
        }
    }

    @Test
    void a_changed_resource_is_refused() throws IOException {
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        String resources = "resources/000001.jsonl";
        String text = new String(entries.get(resources), StandardCharsets.UTF_8);
        entries.put(resources, text.replace("Safe water", "Safe wafer").getBytes(StandardCharsets.UTF_8));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.CHANGED);
    }

    @Test
    void a_changed_manifest_is_refused() throws IOException {
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
        entries.put("manifest.json", manifest.replace("Library A", "Library B").getBytes(StandardCharsets.UTF_8));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.BAD_SIGNATURE);
    }

    @Test
    void a_manifest_of_a_later_version_is_refused() throws IOException {
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        String manifest = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
        entries.put(
                "manifest.json",
                manifest.replace("\"version\":1", "\"version\":2").getBytes(StandardCharsets.UTF_8));

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.UNKNOWN_VERSION);
    }

    @Test
    void the_signature_of_another_bundle_does_not_fit() throws IOException {
        Map<String, byte[]> other = entries(write("a.zip", 0));
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("b.zip", 0));
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
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        entries.put(name, new byte[0]);

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.UNEXPECTED_ENTRY);
    }

    @Test
    void an_entry_twice_is_refused() throws IOException {
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        entries.put("resources/000009.jsonl", entries.get("resources/000001.jsonl"));
        byte[] bytes = Files.readAllBytes(zip(entries));
        String latin = new String(bytes, StandardCharsets.ISO_8859_1).replace("resources/000009", "resources/000001");
        Path twice = Files.write(folder.resolve("twice.zip"), latin.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(twice).problem()).isIn(Problem.UNEXPECTED_ENTRY, Problem.NOT_A_BUNDLE);
    }

    @Test
    void a_missing_entry_is_refused() throws IOException {
        publish("Safe water");
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        entries.remove("resources/000001.jsonl");

        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.CHANGED);
        entries.remove("manifest.sig");
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.NOT_A_BUNDLE);
    }

    @Test
    void an_archive_that_grows_beyond_measure_is_refused_before_it_is_decompressed() throws IOException {
        Map<String, byte[]> entries = entries(write("a.zip", 0));
        entries.put("resources/000001.jsonl", new byte[32 << 20]);
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);

        entries.put("resources/000001.jsonl", new byte[65 << 20]);
        assertThat(refused(zip(entries)).problem()).isEqualTo(Problem.TOO_LARGE);
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve("made.zip"), bytes.toByteArray());
    }
}

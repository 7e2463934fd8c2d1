package org.librarypeers.app.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.content.ResourceImport.ImportResult;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of what an import decides, on storage in memory. {@link ResourceImportTest} tests it on a database. */
class ImportDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> LANGUAGES = List.of("en", "es");
    private static final Guid GUID = Guid.of("21988d99-189b-5232-b534-b816e8caf224");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final ResourceImport resourceImport = new ResourceImport(storage, LANGUAGES, new SettableClock(NOON));

    private ImportResult run(boolean approve, String... objects) throws IOException {
        byte[] file = String.join("\n", objects).getBytes(StandardCharsets.UTF_8);
        return resourceImport.run("resources.jsonl", () -> new ByteArrayInputStream(file), approve);
    }

    private static String object(Guid guid, String fields) {
        return "{\"guid\": \"" + guid + "\", \"title\": \"Water\"" + fields + "}";
    }

    private static Guid guid(int number) {
        return Guid.ofTag("import", Integer.toString(number));
    }

    private Resource stored(Guid guid) {
        return storage.resources().find(guid).orElseThrow();
    }

    private String exported() {
        StringWriter out = new StringWriter();
        new ResourceExport(storage.catalogue(), storage.links(), () -> LANGUAGES).run(new PrintWriter(out));
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, APPROVED, 0",
        "'', false, PENDING, 1",
        "approved, true, APPROVED, 0",
        "approved, false, PENDING, 1",
        "pending, true, PENDING, 0",
        "rejected, true, REJECTED, 0",
        "archived, true, ARCHIVED, 0",
        "archived, false, ARCHIVED, 0"
    })
    void the_status_of_a_new_resource_is_that_in_the_file_and_approval_publishes(
            String word, boolean approve, Status status, int held) throws IOException {
        String stated = word.isEmpty() ? "" : ", \"status\": \"" + word + "\"";

        assertThat(run(approve, object(GUID, stated)))
                .isEqualTo(new ImportResult(Map.of(status, 1), held, 0, 0, 0, 0, List.of()));

        assertThat(stored(GUID).status()).isEqualTo(status);
        assertThat(stored(GUID).content()).isEqualTo(Samples.titled("Water"));
        assertThat(stored(GUID).revision().at()).isEqualTo(NOON);
    }

    @Test
    void a_change_is_counted_and_a_repetition_is_not() throws IOException {
        run(true, object(GUID, ""));

        assertThat(run(true, object(GUID, ", \"title_es\": \"Agua\"")))
                .isEqualTo(new ImportResult(Map.of(), 0, 1, 0, 0, 0, List.of()));
        assertThat(run(true, object(GUID, ", \"title_es\": \"Agua\"")))
                .isEqualTo(new ImportResult(Map.of(), 0, 0, 1, 0, 0, List.of()));
        assertThat(stored(GUID).content().title())
                .isEqualTo(LocalizedText.of("en", "Water").with("es", "Agua"));
        assertThat(stored(GUID).revision().number()).isEqualTo(2);
    }

    @Test
    void a_title_can_be_removed_in_one_language_but_not_in_all() throws IOException {
        run(true, object(GUID, ", \"title_es\": \"Agua\""));

        run(true, "{\"guid\": \"" + GUID + "\", \"title_es\": \"\"}");
        assertThat(stored(GUID).content().title()).isEqualTo(LocalizedText.of("en", "Water"));

        assertThat(run(true, "{\"guid\": \"" + GUID + "\", \"title_en\": \"\"}").problems())
                .singleElement()
                .asString()
                .startsWith("line 1: ")
                .contains("title_en");
        assertThat(stored(GUID).content().title()).isEqualTo(LocalizedText.of("en", "Water"));
    }

    @Test
    void a_page_address_is_used_if_it_is_free_and_kept_afterwards() throws IOException {
        assertThat(run(true, object(GUID, ", \"slug\": \"safe-water\"")).moved())
                .isZero();
        assertThat(stored(GUID).slug()).isEqualTo(new Slug("safe-water"));

        assertThat(run(true, object(guid(1), ", \"slug\": \"safe-water\""), object(guid(2), ", \"slug\": \"free\""))
                        .moved())
                .isEqualTo(1);
        assertThat(stored(guid(1)).slug()).isNotEqualTo(new Slug("safe-water"));
        assertThat(stored(guid(2)).slug()).isEqualTo(new Slug("free"));
        run(true, object(GUID, ", \"slug\": \"other\", \"title_es\": \"Agua\""));
        assertThat(stored(GUID).slug()).isEqualTo(new Slug("safe-water"));
    }

    @Test
    void a_resource_that_follows_a_peer_is_kept() throws IOException {
        InMemoryStorage theirs = new InMemoryStorage();
        theirs.resources()
                .save(Resource.create(GUID, Samples.titled("Theirs"), Samples.AMINA, NOON)
                        .approve(NOON));
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example");
        storage.peers().save(peer);
        InMemoryPeerClient network = new InMemoryPeerClient();
        network.connect(peer.host().orElseThrow(), theirs);
        SyncService.builder().storage(storage).client(network).build().sync(peer, SyncListener.NONE);

        assertThat(run(true, object(GUID, ""))).isEqualTo(new ImportResult(Map.of(), 0, 0, 0, 1, 0, List.of()));
        assertThat(stored(GUID).content()).isEqualTo(Samples.titled("Theirs"));
    }

    @Test
    void one_problem_rejects_the_whole_file() throws IOException {
        run(true, object(guid(1), ""));
        ImportResult result = run(
                true,
                object(GUID, ""),
                object(GUID, ""),
                object(guid(1), ", \"tags\": [{\"name\": \"x\"}]"),
                object(guid(2), ", \"status\": \"open\""),
                "7",
                "{}",
                object(guid(3), ", \"born_on\": \"soon\""));

        assertThat(result.problems())
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).startsWith("line 2: ").contains(GUID.toString()),
                        each -> assertThat(each).startsWith("line 3: ").contains("tags[0]"),
                        each -> assertThat(each).startsWith("line 4: ").contains("open"),
                        each -> assertThat(each).startsWith("line 5: "),
                        each -> assertThat(each).startsWith("line 6: ").contains("guid"),
                        each -> assertThat(each).startsWith("line 7: ").contains("born_on"));
        assertThat(result.added()).isEmpty();
        assertThat(storage.resources().find(GUID)).isEmpty();
        assertThat(stored(guid(1)).revision().number()).isEqualTo(1);
    }

    @Test
    void a_broken_end_rejects_the_whole_file() throws IOException {
        assertThat(run(true, object(GUID, ""), "{\"guid\"").problems())
                .singleElement()
                .asString()
                .startsWith("line 2: ");
        assertThat(storage.resources().find(GUID)).isEmpty();
    }

    @Test
    void the_first_twenty_problems_are_reported() throws IOException {
        assertThat(run(true, IntStream.range(0, 30).mapToObj(i -> "{}").toArray(String[]::new))
                        .problems())
                .hasSize(20);
    }

    @Test
    void what_an_export_may_contain_is_accepted() throws IOException {
        assertThat(run(
                                true,
                                object(
                                        GUID,
                                        ", \"description\": \"<img src='data:image/png;base64,AAAA'>Drink\","
                                                + " \"urls\":" + " [{\"url\": \"https://user:word@example.org/\"}]"))
                        .problems())
                .isEmpty();
        assertThat(stored(GUID).content().attachments())
                .singleElement()
                .satisfies(link -> assertThat(link.url()).isEqualTo("https://example.org/"));
    }

    @Test
    void a_file_that_cannot_be_read_changes_nothing() {
        byte[] first = object(GUID, "").getBytes(StandardCharsets.UTF_8);
        IOException failure = new IOException("disk");
        InputStream broken = new ByteArrayInputStream(first) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw new UncheckedIOException(failure);
                }
                return read;
            }
        };

        assertThatThrownBy(() -> resourceImport.run(
                        "resources.jsonl",
                        () -> {
                            throw failure;
                        },
                        true))
                .isSameAs(failure);
        assertThatThrownBy(() -> resourceImport.run("resources.jsonl", () -> broken, true))
                .hasRootCause(failure);
        assertThat(storage.resources().find(GUID)).isEmpty();
    }

    @Test
    void a_large_file_is_imported_in_batches_and_exported_again() throws IOException {
        String[] objects =
                IntStream.range(0, 1_001).mapToObj(i -> object(guid(i), "")).toArray(String[]::new);

        assertThat(run(true, objects).added(Status.APPROVED)).isEqualTo(1_001);

        assertThat(exported().lines()).hasSize(1_001);
        assertThat(run(true, exported())).isEqualTo(new ImportResult(Map.of(), 0, 0, 1_001, 0, 0, List.of()));
        // A problem in the last batch rejects the earlier ones, too.
        String[] more = IntStream.range(2_000, 2_300)
                .mapToObj(i -> object(guid(i), i == 2_299 ? ", \"status\": \"open\"" : ""))
                .toArray(String[]::new);
        assertThat(run(true, more).problems()).hasSize(1);
        assertThat(storage.resources().find(guid(2_000))).isEmpty();
    }

    @Test
    void an_export_restores_the_same_resources_elsewhere() throws IOException {
        run(true, object(guid(1), ", \"title_es\": \"Agua\", \"slug\": \"water\""), object(guid(2), ""));

        InMemoryStorage other = new InMemoryStorage();
        byte[] file = exported().getBytes(StandardCharsets.UTF_8);
        new ResourceImport(other, LANGUAGES, new SettableClock(NOON))
                .run("resources.jsonl", () -> new ByteArrayInputStream(file), true);

        assertThat(other.catalogue().all(0, 10).stream()
                        .map(entry -> entry.resource())
                        .collect(Collectors.toMap(Resource::slug, Resource::content)))
                .isEqualTo(Map.of(
                        stored(guid(1)).slug(), stored(guid(1)).content(),
                        stored(guid(2)).slug(), stored(guid(2)).content()));
    }

    @Test
    void an_export_counts_what_it_writes_and_stops_when_it_cannot_write() throws IOException {
        run(true, IntStream.range(0, 1_200).mapToObj(i -> object(guid(i), "")).toArray(String[]::new));
        ResourceExport export = new ResourceExport(storage.catalogue(), storage.links(), () -> LANGUAGES);

        assertThat(export.run(new PrintWriter(new StringWriter()))).isEqualTo(1_200);
        assertThat(export.run(new PrintWriter(new Writer() {
                    @Override
                    public void write(char[] text, int offset, int length) throws IOException {
                        throw new IOException("closed");
                    }

                    @Override
                    public void flush() throws IOException {
                        throw new IOException("closed");
                    }

                    @Override
                    public void close() {}
                })))
                .isEqualTo(500);
    }
}

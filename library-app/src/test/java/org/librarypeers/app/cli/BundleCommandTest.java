package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.domain.Guid;
import tools.jackson.databind.JsonNode;

/** Tests of the commands that write and read bundles: two homes, and a file between them. */
class BundleCommandTest {

    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{4}-){7}[0-9a-f]{4}");

    @TempDir
    private static Path here;

    @TempDir
    private static Path there;

    @TempDir
    private Path folder;

    private static HomeServer server;
    private static HomeServer other;

    @BeforeAll
    static void start() {
        server = HomeServer.start(here);
        other = HomeServer.start(there);
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
    }

    private static CommandAnswer run(Path home, String... args) {
        return CommandAnswer.of(CommandAnswer.at(home, args));
    }

    private static CommandAnswer succeeded(CommandAnswer answer) {
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer;
    }

    @Test
    void a_bundle_is_read_once_its_key_is_confirmed() throws IOException {
        Guid guid = Guid.random();
        Path resources = Files.writeString(
                folder.resolve("resources.jsonl"), "{\"guid\": \"" + guid + "\", \"title\": \"Safe water\"}\n");
        succeeded(run(here, "import", resources.toString(), "--approve"));
        String file = folder.resolve("library.zip").toString();

        CommandAnswer written = succeeded(run(here, "bundle", "write", file, "--with-files"));

        assertThat(written.out()).contains("1 resource").contains("feed position");
        Matcher fingerprint = FINGERPRINT.matcher(written.out());
        assertThat(fingerprint.find()).isTrue();
        assertThat(run(here, "doctor").out()).contains(fingerprint.group());

        CommandAnswer refused = run(there, "bundle", "read", file);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains(fingerprint.group())
                .contains("--trust")
                .doesNotContain("Exception");
        assertThat(run(there, "bundle", "read", file, "--trust", "0000-0000").code())
                .isEqualTo(1);
        assertThat(run(there, "list_peers", "--json").out()).isEmpty();

        CommandAnswer preview =
                succeeded(run(there, "bundle", "read", file, "--dry-run", "--trust", fingerprint.group()));
        assertThat(preview.out()).contains("new peer").contains("dry run").doesNotContain("[");
        assertThat(run(there, "list_peers", "--json").out()).isEmpty();

        JsonNode read = succeeded(run(
                        there,
                        "bundle",
                        "read",
                        file,
                        "--json",
                        "--trust",
                        fingerprint.group(),
                        "--publication=publish-everything"))
                .json()
                .get(0);
        assertThat(read.path("status").asString()).isEqualTo("succeeded");
        assertThat(read.path("new_resources").asInt()).isEqualTo(1);
        JsonNode again = succeeded(run(there, "bundle", "read", file, "--json", "--publication=review-everything"))
                .json()
                .get(0);
        assertThat(again.path("unchanged_resources").asInt()).isEqualTo(1);
        JsonNode peer = run(there, "list_peers", "--json").json().get(0);
        assertThat(peer.path("access").asString()).isEqualTo("bundle");
        assertThat(peer.path("publication").asString()).isEqualTo("publish_everything");
        assertThat(peer.path("bundle_key").asString()).isEqualTo(fingerprint.group());
        assertThat(run(there, "sync_peer_resources", peer.path("id").asString()).err())
                .contains("bundles");
        assertThat(run(there, "export").out()).contains(guid.toString());
        assertThat(run(there, "audit", "--json").out()).contains("bundle-read");
    }

    @Test
    void wrong_files_sizes_and_times_are_named() throws IOException {
        Path text = Files.writeString(folder.resolve("text.zip"), "no archive");
        String target = folder.resolve("a.zip").toString();

        assertThat(run(there, "bundle", "read", text.toString()).err())
                .contains("text.zip")
                .contains("nothing was saved");
        assertThat(run(there, "bundle", "read", "nowhere.zip").err()).contains("nowhere.zip");
        assertThat(run(there, "bundle", "write", target, "--part-size", "big").err())
                .contains("big");
        assertThat(run(there, "bundle", "write", target, "--part-size", "1k").err())
                .contains("65536");
        assertThat(run(there, "bundle", "write", target, "--since", "yesterday").err())
                .contains("yesterday");
        assertThat(run(there, "bundle").code()).isEqualTo(2);
    }
}

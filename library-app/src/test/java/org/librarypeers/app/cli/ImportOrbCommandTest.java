package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;

/** Tests of what the command that moves a site prints. */
class ImportOrbCommandTest {

    @TempDir
    private static Path home;

    private static HomeServer server;

    @TempDir
    private Path directory;

    private Path dump;

    @BeforeAll
    static void start() {
        server = HomeServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Writes the rows of a site, compressed. */
    @BeforeEach
    void write() throws IOException {
        dump = directory.resolve("dump.json.gz");
        try (InputStream rows =
                        Objects.requireNonNull(ImportOrbCommandTest.class.getResourceAsStream("/move/orb-dump.json"));
                GZIPOutputStream compressed = new GZIPOutputStream(Files.newOutputStream(dump))) {
            rows.transferTo(compressed);
        }
    }

    @AfterEach
    void forget() {
        server.dropLibrary();
    }

    private static CommandAnswer run(String... args) {
        return CommandAnswer.of(CommandAnswer.at(home, args));
    }

    @Test
    void a_preview_names_what_is_left_and_the_move_is_recorded() {
        CommandAnswer preview = run("import-orb", dump.toString(), "--dry-run");

        assertThat(preview.code()).as(preview.err()).isZero();
        assertThat(preview.out())
                .contains("Would move 4 resources (2 pending, 2 approved), 3 categories, 3 tags, 3 accounts, 1 peer")
                .contains("bad name")
                .contains("173")
                .contains("--dry-run");
        assertThat(run("export").out()).isEmpty();

        CommandAnswer moved = run("import_orb", dump.toString());

        assertThat(moved.code()).as(moved.err()).isZero();
        assertThat(moved.out()).startsWith("Moved 4 resources");
        assertThat(run("audit", "--json").json().get(0).path("action").asString())
                .isEqualTo("site-moved");
        assertThat(run("export").out().lines()).hasSize(4);
    }

    @Test
    void a_library_that_is_not_empty_is_refused() {
        assertThat(run("import-orb", dump.toString()).code()).isZero();

        CommandAnswer again = run("import-orb", dump.toString());

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("nothing was changed").contains("new home");
        assertThat(run("export").out().lines()).hasSize(4);
    }

    @Test
    void wrong_paths_and_files_are_named() throws IOException {
        assertThat(run("import-orb", "nowhere.json").err()).contains("nowhere.json");
        assertThat(run("import-orb", dump.toString(), "--media=nowhere").err()).contains("nowhere");
        assertThat(run("import-orb").code()).isEqualTo(2);
        Path other = Files.writeString(directory.resolve("other.json"), "{\"guid\": 1}");

        CommandAnswer answer = run("import-orb", other.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("line 1").contains("dumpdata").doesNotContain("Exception");
    }
}

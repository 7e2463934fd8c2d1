package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.AppProcess;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.app.wiring.LibrarySettings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Tests of commands whose output cannot be written: the disk is full, or the reader has closed the pipe. */
@Timeout(180)
class UnwrittenOutputTest {

    private static final String GUID = "4a1e0000-0000-4000-8000-000000000000";
    private static final int RESOURCES = 200;

    @TempDir
    private static Path home;

    private static HomeServer keptRunning;

    @BeforeAll
    static void start() {
        keptRunning = HomeServer.start(home);
        try (Library library = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"))) {
            library.accounts().create(new UserName("asha"), Role.MEMBER, null, "a long password");
            List<Resource> resources = new ArrayList<>();
            for (int i = 0; i < RESOURCES; i++) {
                ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Resource " + i))
                        .description(LocalizedText.of("en", "Safe water. ".repeat(100)))
                        .build();
                Guid guid = i == 0 ? Guid.of(GUID) : Guid.random();
                resources.add(Resource.create(
                        guid, content, UserName.SYSTEM, library.clock().instant()));
            }
            library.storage().resources().save(resources);
        }
    }

    @AfterAll
    static void stop() {
        keptRunning.close();
    }

    /** A stream that accepts a limited number of bytes and then fails. */
    private static final class FailingStream extends OutputStream {
        private final String reason;
        private int left;

        FailingStream(int left, String reason) {
            this.left = left;
            this.reason = reason;
        }

        @Override
        public void write(int value) throws IOException {
            if (left == 0) {
                throw new IOException(reason);
            }
            left--;
        }
    }

    private record Ended(int code, String err) {}

    private static Ended run(OutputStream stream, String line) {
        StringWriter err = new StringWriter();
        int code = LibraryCommand.run(
                new CommandOutput(stream), new PrintWriter(err), (line + " --home=" + home).split(" "));
        return new Ended(code, err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list_peers",
                "api_key asha",
                "api_write asha",
                "sync_log",
                "export",
                "review list",
                "review list --json",
                "history " + GUID,
                "history " + GUID + " --json",
                "add_peer http://a.example.org --name=A --user=u --key=k",
                "serve --port=0 --no-schedule",
                "serve --help",
                "demo --help"
            })
    void output_to_a_full_disk_fails_with_the_reason(String line) {
        Ended ended = run(new FailingStream(10, "No space left on device"), line);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("library: the output could not be written (No space left on device)");
        assertThat(ended.err().lines().filter(each -> each.contains("could not be written")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list_peers", "export", "review list --json", "list_peers --help"})
    void a_closed_pipe_is_not_a_failure(String line) {
        assertThat(run(new FailingStream(10, "Broken pipe"), line)).isEqualTo(new Ended(0, ""));
    }

    @Test
    void a_process_that_writes_to_a_full_disk_exits_with_1() throws Exception {
        try (AppProcess export = AppProcess.start(
                home,
                List.of(),
                builder -> builder.redirectOutput(new File("/dev/full")),
                "export",
                "--home=" + home)) {
            assertThat(export.exitCode()).isEqualTo(1);
            assertThat(export.err()).contains("the output could not be written (No space left on device)");
        }
    }

    @Test
    void a_process_whose_pipe_is_closed_prints_no_error() throws Exception {
        try (AppProcess export = AppProcess.start(
                home,
                List.of(),
                builder -> builder.redirectOutput(ProcessBuilder.Redirect.PIPE),
                "export",
                "--home=" + home)) {
            try (InputStream head = export.process().getInputStream()) {
                assertThat(head.read()).isEqualTo('{');
            }
            assertThat(export.exitCode()).isZero();
            assertThat(export.err()).isEmpty();
        }
    }

    @Test
    void an_export_to_a_full_disk_leaves_the_previous_file_unchanged(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("all.jsonl"), "former");
        Files.createSymbolicLink(folder.resolve("all.jsonl.part"), Path.of("/dev/full"));

        Ended ended = run(OutputStream.nullOutputStream(), "export " + file);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("cannot write " + file, "No space left on device");
        assertThat(file).hasContent("former");
    }
}

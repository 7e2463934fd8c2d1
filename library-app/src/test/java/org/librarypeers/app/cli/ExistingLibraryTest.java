package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of commands in a folder that does not contain a library. */
@Timeout(120)
class ExistingLibraryTest {

    private static final String GUID = "4a1e0000-0000-4000-8000-000000000000";

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private static Ended run(Path home, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.add("--home=" + home);
        int code = LibraryCommand.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list_peers",
                "edit_peer 1 --active",
                "remove_peer 1",
                "sync_peer_resources",
                "sync_log",
                "api_key asha",
                "set_password asha",
                "deactivate_user asha",
                "activate_user asha",
                "backup create unused.zip",
                "secret rotate",
                "api_write asha",
                "export",
                "review list",
                "review approve --all",
                "review reject --all",
                "history " + GUID,
                "restore " + GUID + " 1"
            })
    void a_command_that_needs_a_library_does_not_create_one(String line) {
        for (Path home : List.of(folder, folder.resolve("missing"))) {
            Ended ended = run(home, line);

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .startsWith("library: no library in " + home + "; ")
                    .hasLineCount(1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_used_port_is_reported_before_a_library_is_created() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ended ended = run(folder, "serve --port=" + taken.getLocalPort());

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains("cannot serve at 127.0.0.1:" + taken.getLocalPort(), "--port");
            assertThat(run(folder, "demo --port=" + (taken.getLocalPort() - 2)).err())
                    .contains("cannot serve at ");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_name_or_path_with_lost_characters_is_rejected_without_showing_a_key() {
        Ended ended = run(folder, "add_peer http://a.example.org --name=Biblioth\uFFFD\uFFFDque --user=u --key=k");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("argument 3 ('--name=Biblioth\uFFFD\uFFFDque')", "U+FFFD", "LC_ALL=C.UTF-8")
                .hasLineCount(1);
        assertThat(run(folder.resolve("Biblioth\uFFFDque"), "serve").code()).isEqualTo(2);
        assertThat(run(folder, "add_peer http://a.example.org --name=A --user=u --key secret\uFFFD")
                        .err())
                .contains("argument 6 has characters")
                .doesNotContain("secret");
        assertThat(folder).isEmptyDirectory();
    }
}

package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.embedded.EmbeddedPostgres;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedResource;
import org.librarypeers.http.SiteFault;

/** What the commands say of a peer that is not as it should be. */
class SyncCommandsTest {

    @TempDir
    private static Path home;

    private final ScriptedOrbSite site = new ScriptedOrbSite().throttle(1_000_000);
    private final List<ScriptedResource> six =
            IntStream.range(0, 6).mapToObj(i -> site.add("Resource " + i)).toList();
    private EmbeddedPostgres keptRunning;

    @BeforeEach
    void start() {
        keptRunning = EmbeddedPostgres.open(home.resolve("postgres"));
        run(
                "add_peer",
                site.host(),
                "--name=Old ORB",
                "--user=" + ScriptedOrbSite.USER,
                "--key=" + ScriptedOrbSite.KEY);
    }

    @AfterEach
    void stop() {
        keptRunning.close();
        site.close();
    }

    /** What a command prints that ends with that code. */
    private static String run(int code, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--home=" + home);
        int ended = LibraryCommand.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        assertThat(ended).as(out + "\n" + err).isEqualTo(code);
        return out.toString();
    }

    private static String run(String... args) {
        return run(0, args);
    }

    @Test
    void what_cannot_be_kept_is_listed_until_it_is_mended_and_what_is_gone_is_found_by_a_reconciliation() {
        site.always("/api/v1/resource/" + six.get(2).id() + "/", SiteFault.page(200));

        assertThat(run("sync_peer_resources")).contains("5 new", "1 failed", "succeeded");
        assertThat(run("sync_log", "1"))
                .contains("Could not be kept of [1] Old ORB")
                .contains("  " + six.get(2).id() + ", " + six.get(2).guid() + ": peer answered text/html")
                .contains("(tried 1 times since ")
                .doesNotContain(ScriptedOrbSite.KEY);
        run("sync_peer_resources", "1");
        assertThat(run("sync_log")).contains("(tried 2 times since ");

        site.mend();
        site.remove(six.get(4).id());
        assertThat(run("sync_peer_resources", "--dry-run", "--reconcile")).contains("1 new", "1 withdrawn");
        assertThat(run("review", "list")).doesNotContain("withdrawn");
        assertThat(run("sync_peer_resources", "--reconcile")).contains("1 new", "0 failed", "1 withdrawn");
        assertThat(run("sync_log")).doesNotContain("Could not be kept");
        assertThat(run("review", "list")).containsIgnoringCase("withdr").contains("Resource 4");
    }
}

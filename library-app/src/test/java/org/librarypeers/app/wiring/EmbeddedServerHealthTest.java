package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.server.LibraryServer;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.sync.contract.Await;

/** Tests that the health check names the embedded server. */
@Timeout(120)
class EmbeddedServerHealthTest {

    @TempDir
    private Path home;

    @Test
    void an_embedded_server_that_ended_is_named() throws Exception {
        try (Library library = Library.open(LibrarySettings.in(home).with(Settings.LANGUAGES, "en"));
                LibraryServer served = LibraryServer.start(library, "127.0.0.1", 0)) {
            PageClient client = new PageClient(served.address());
            assertThat(client.get("/health/ready").response().body())
                    .contains("\"embedded-server\":{\"status\":\"ok\"}");

            // Nothing starts it again, because that is what the command serve does.
            DatabaseProcess postgres = DatabaseProcess.in(home.resolve("postgres"));
            postgres.signal("KILL");
            Await.await(
                    "the server has ended",
                    () -> ProcessHandle.of(postgres.pid()).isEmpty());

            PageClient.Answer answer = client.get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.response().body())
                    .contains("\"embedded-server\":{\"status\":\"failing\"")
                    .contains("the embedded database server does not run");
        }
    }
}

package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.StartingListener;

class HealthCommandTest {

    @TempDir
    private Path home;

    private CommandAnswer health(String... settings) {
        String[] arguments = new String[settings.length + 2];
        arguments[0] = "health";
        arguments[1] = "--home=" + home;
        System.arraycopy(settings, 0, arguments, 2, settings.length);
        return CommandAnswer.of(arguments);
    }

    @Test
    void a_server_that_is_ready_is_healthy() {
        try (RunningLibrary running = RunningLibrary.start()) {
            String port = "--set=listen.port=" + URI.create(running.address()).getPort();

            for (String host : new String[] {"127.0.0.1", "0.0.0.0", "localhost"}) {
                CommandAnswer answer = health(port, "--set=listen.host=" + host);

                assertThat(answer.err()).as(host).isEmpty();
                assertThat(answer.code()).as(host).isZero();
                assertThat(answer.out()).as(host).contains("\"database\":{\"status\":\"ok\"}");
            }
        }
    }

    @Test
    void a_server_that_starts_is_not_ready() throws IOException {
        try (StartingListener starting = StartingListener.open("127.0.0.1", 0)) {
            CommandAnswer answer = health("--set=listen.port=" + starting.port());

            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.out()).isEqualToIgnoringNewLines("{\"status\":\"starting\"}");
        }
    }

    @Test
    void a_server_that_does_not_run_is_not_healthy() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        CommandAnswer answer = health("--set=listen.port=" + port);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("no server answers at http://127.0.0.1:" + port)
                .contains("listen.port");
    }

    @Test
    void the_port_must_be_known() {
        CommandAnswer answer = health("--set=listen.port=0");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines(
                        "library: listen.port is 0, so the port of the server is not known; set it to a port");
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests with a site that has dates in the future, and that may tell its own time in the Date header. */
@Timeout(60)
class DatedSiteTest {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HttpPeerClient client = HttpPeerClient.builder().build();
    private final InMemoryStorage storage = new InMemoryStorage();
    private final SyncService service =
            SyncService.builder().storage(storage).client(client).build();
    private final Peer peer = Samples.peer(storage.peers().nextId(), "http://localhost:" + server.getLocalPort());

    /** The update date and title of each resource, by number. */
    private final Map<Integer, String[]> rows = new TreeMap<>();

    private volatile String date = "Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n";
    private volatile int details;

    DatedSiteTest() throws IOException {
        storage.peers().save(peer);
        Thread answering = new Thread(this::answer, "dated-site");
        answering.setDaemon(true);
        answering.start();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String path = in.readLine().split(" ")[1];
                while (!in.readLine().isEmpty()) {
                    // The headers are ignored.
                }
                byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
                OutputStream out = socket.getOutputStream();
                out.write(("HTTP/1.1 200 OK\r\n" + date + "Content-Type: application/json\r\nConnection: close\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.write(body);
                out.flush();
            } catch (IOException | RuntimeException e) {
                // The server goes on with the next request. The client reports this failure.
            }
        }
    }

    private synchronized String body(String path) {
        if (path.matches("/api/v1/resource/\\d+/.*")) {
            details++;
            int id = Integer.parseInt(path.split("/")[4]);
            return object(id, rows.get(id));
        }
        String from = path.contains("update_date__gte=") ? path.replaceAll(".*update_date__gte=([^&]+).*", "$1") : "";
        String objects = rows.entrySet().stream()
                .filter(row -> row.getValue()[0].compareTo(from) >= 0)
                .sorted((one, other) -> one.getValue()[0].compareTo(other.getValue()[0]))
                .map(row -> object(row.getKey(), row.getValue()))
                .collect(Collectors.joining(","));
        long count = rows.values().stream()
                .filter(row -> row[0].compareTo(from) >= 0)
                .count();
        return "{\"meta\": {\"limit\": 500, \"next\": null, \"offset\": 0, \"total_count\": " + count
                + "}, \"objects\": [" + objects + "]}";
    }

    private static String object(int id, String[] row) {
        return "{\"id\": " + id + ", \"guid\": \"" + guid(id) + "\", \"title\": \"" + row[1]
                + "\", \"status\": \"approved\", \"update_date\": \"" + row[0] + "\"}";
    }

    private static Guid guid(int id) {
        return Guid.ofTag("dated", Integer.toString(id));
    }

    private synchronized void row(int id, String updated, String title) {
        rows.put(id, new String[] {updated, title});
    }

    private SyncLog run() {
        SyncLog log = service.sync(peer, SyncListener.NONE).log();
        assertThat(log.trouble()).as(log.message()).isNull();
        return log;
    }

    private String title(int id) {
        return storage.resources()
                .find(guid(id))
                .orElseThrow()
                .content()
                .title()
                .in("en")
                .orElseThrow();
    }

    @Test
    void what_changes_after_a_row_of_next_year_arrives_and_that_row_costs_no_further_request() {
        row(1, "2021-01-01T00:00:01", "One");
        row(2, "2027-11-28T09:00:00", "Two");
        SyncLog first = run();
        assertThat(first.tally().added()).isEqualTo(2);
        assertThat(first.message()).contains("resource 2 ", "2027-11-28T09:00:00", "2026-11-28T12:00:00Z");
        details = 0;

        row(1, "2026-11-28T11:59:30", "One, corrected");
        row(3, "2026-11-28T11:59:40", "Three");
        SyncLog second = run();

        assertThat(second.tally().added()).isEqualTo(1);
        assertThat(second.tally().updated()).isEqualTo(1);
        assertThat(title(1)).isEqualTo("One, corrected");
        assertThat(title(3)).isEqualTo("Three");
        assertThat(details).isEqualTo(2);
    }

    @Test
    void a_site_whose_clock_was_a_year_ahead_is_read_whole_when_it_is_right_again() {
        date = "Date: Sun, 28 Nov 2027 12:00:00 GMT\r\n";
        row(1, "2027-11-28T09:00:00", "One");
        assertThat(run().message()).isNull();

        date = "Date: Mon, 30 Nov 2026 12:00:00 GMT\r\n";
        row(2, "2026-11-30T09:00:00", "Two");
        SyncLog log = run();

        assertThat(title(2)).isEqualTo("Two");
        assertThat(log.message()).contains("2027-11-28T09:00:00", "from its beginning");
    }

    @Test
    void a_site_that_does_not_tell_the_time_is_read_on_from_its_dates_and_the_run_says_so() {
        date = "";
        row(1, "2027-11-28T09:00:00", "One");

        assertThat(run().message()).contains("no Date header");
        assertThat(storage.harvest().cursor(peer.id()).orElseThrow().upTo()).isEqualTo("2027-11-28T09:00:00");

        date = "Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n";
        row(2, "2026-11-28T09:00:00", "Two");
        run();
        assertThat(title(2)).isEqualTo("Two");
    }

    @Test
    void a_site_in_local_time_is_read_without_a_remark_and_misses_nothing() {
        row(1, "2026-11-29T01:59:00", "Kiritimati");
        assertThat(run().message()).isNull();

        row(2, "2026-11-29T01:30:00", "A little older");
        assertThat(run().tally().added()).isEqualTo(1);
    }
}

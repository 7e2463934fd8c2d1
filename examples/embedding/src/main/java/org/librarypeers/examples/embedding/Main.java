package org.librarypeers.examples.embedding;

import java.nio.file.Path;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;

/** An application that syncs from a library into a SQLite database, and prints what was new. */
public final class Main {

    private Main() {}

    /**
     * Runs one sync. The arguments are the database file, the address of the library and a user. The user's API key is in
     * the environment, because other users of the machine can see arguments.
     */
    public static void main(String[] args) {
        String key = System.getenv("PEER_API_KEY");
        if (args.length != 3 || key == null) {
            System.err.println("usage: PEER_API_KEY=… Main DATABASE ADDRESS USER");
            System.exit(2);
            return;
        }
        SyncReport report = sync(Path.of(args[0]), PeerHost.of(args[1]), args[2], new ApiKey(key));
        SyncLog log = report.log();
        System.out.println(log.status().word() + ": " + log.tally().words());
        System.exit(report.succeeded() ? 0 : 1);
    }

    private static SyncReport sync(Path database, PeerHost host, String user, ApiKey key) {
        try (SqliteStorage storage = SqliteStorage.open(database);
                HttpPeerClient client = HttpPeerClient.builder().build();
                SyncService sync =
                        SyncService.builder().storage(storage).client(client).build()) {
            Peer peer = storage.peers()
                    .findByHost(host)
                    .orElseGet(() -> Peer.builder()
                            .id(storage.peers().nextId())
                            .name(host.toString())
                            .host(host)
                            .build())
                    .withCredentials(user, key);
            storage.peers().save(peer);
            return sync.sync(peer);
        }
    }
}

package org.librarypeers.sync.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Refusal;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.http.ScriptedOrbSites;
import org.librarypeers.persistence.JpaStorage;
import org.librarypeers.sync.SyncService;

/** Tests what the scheduled runs of peers without news cost, with everything that the node does meanwhile. */
@Timeout(90)
class QuietPeersTest {

    private static final int PEERS = 50;

    /** The limit that is promised. */
    private static final double STATEMENTS = 8;

    private static final String NODE = "library-node-";

    private final TestDatabase database = TestDatabase.create();
    private final ScriptedOrbSites sites = new ScriptedOrbSites(PEERS);

    @AfterEach
    void stop() {
        database.endLoggingStatements();
        sites.close();
    }

    @Test
    void a_quiet_peer_costs_at_most_eight_statements_and_one_request() {
        database.logStatements();
        try (JpaStorage storage = database.openStorage();
                HttpPeerClient client = HttpPeerClient.builder().build();
                SyncService sync =
                        SyncService.builder().storage(storage).client(client).build();
                SyncScheduler scheduler = SyncScheduler.builder(storage.connections(), sync, storage)
                        .pollingInterval(Duration.ofSeconds(1))
                        .build()) {
            List<Peer> peers = new ArrayList<>();
            for (ScriptedOrbSite site : sites.all()) {
                Peer peer = site.peer(storage.peers().nextId()).withSyncsAutomatically(true);
                storage.peers().save(peer);
                peers.add(peer);
            }
            // A refusal anywhere in the library costs the peers nothing.
            storage.selections()
                    .refuse(new Refusal(Guid.random(), "", new UserName("amina"), Instant.EPOCH, "not wanted"));
            scheduler.runUpkeep();
            scheduler.start();
            round(1);
            int statementsBefore = database.loggedStatements(NODE).size();
            int requestsBefore = sites.requests();

            round(2);

            List<String> statements = database.loggedStatements(NODE);
            List<String> ofRound = statements.subList(statementsBefore, statements.size());
            int requests = sites.requests() - requestsBefore;
            System.out.printf(
                    Locale.ROOT,
                    "proof: %.2f statements and %.2f requests per quiet peer, of %d peers%n%s%n",
                    (double) ofRound.size() / PEERS,
                    (double) requests / PEERS,
                    PEERS,
                    kinds(ofRound));
            assertThat((double) ofRound.size() / PEERS)
                    .as("statements per peer: %s", kinds(ofRound))
                    .isLessThanOrEqualTo(STATEMENTS);
            assertThat(requests).isEqualTo(PEERS);
            assertThat(peers)
                    .allSatisfy(peer -> assertThat(storage.syncLogs().recent(peer.id(), 10))
                            .hasSize(2)
                            .allMatch(run -> run.status() == SyncStatus.SUCCEEDED));
            assertThat(database.texts(
                            "select distinct unchanged::text || ' ' || added from sync_log where id > " + PEERS))
                    .containsExactly("1 0");
            assertThat(database.texts("select count(*)::text from run_item where outcome = 'unchanged'"))
                    .containsExactly(String.valueOf(PEERS));
        }
    }

    /** Makes all peers due, and waits until each has this number of successful runs and is scheduled again. */
    private void round(int number) {
        database.execute("update sync_schedule set execution_time = now()");
        ScheduleFixture.await(
                "round " + number,
                () -> database.texts(
                                "select (select count(*) from sync_log where status = 'succeeded') || ' '"
                                        + " || (select count(*) from sync_schedule where not picked and execution_time > now())")
                        .equals(List.of(number * PEERS + " " + PEERS)));
    }

    /** Returns the number of statements of each kind, by their first words. */
    private static Map<String, Integer> kinds(List<String> statements) {
        Map<String, Integer> kinds = new TreeMap<>();
        statements.forEach(statement -> kinds.merge(
                statement.replaceFirst("^(execute [^:]*|statement): *", "").replaceAll("^(.{0,60}).*", "$1"),
                1,
                Integer::sum));
        return kinds;
    }
}

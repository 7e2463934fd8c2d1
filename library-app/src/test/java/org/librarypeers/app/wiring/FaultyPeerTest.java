package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.ScriptedOrbSite;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests that a faulty peer harms nothing else, with real sockets, the client, the core and PostgreSQL. */
@Timeout(60)
class FaultyPeerTest {

    private static final int RESOURCES = 5;
    private static final int PAGE = 2;

    private static final RunningLibrary OWN = RunningLibrary.start(0);
    private static final ScriptedOrbSite SITE = new ScriptedOrbSite().throttle(1_000_000);
    private static final ScriptedOrbSite NEIGHBOUR_SITE = new ScriptedOrbSite().throttle(1_000_000);
    private static final RunningLibrary HERE = RunningLibrary.start(0);
    private static final LibraryStorage STORAGE = HERE.library().storage();
    private static final Peer NEIGHBOUR = NEIGHBOUR_SITE.peer(STORAGE.peers().nextId());

    /** The kind of the faulty peer. */
    enum Kind {
        ONE_OF_OUR_OWN,
        EXISTING_SITE
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(PeerFault.values()).map(fault -> Arguments.of(kind, fault)));
    }

    @BeforeAll
    static void publish() {
        IntStream.range(0, RESOURCES).mapToObj(i -> "Santé " + i).forEach(title -> {
            OWN.publish(title);
            SITE.add(title);
        });
        STORAGE.peers().save(NEIGHBOUR);
    }

    @AfterAll
    static void close() {
        NEIGHBOUR_SITE.close();
        SITE.close();
        HERE.close();
        OWN.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_affects_one_run_of_one_peer_and_no_committed_data(Kind kind, PeerFault fault) throws IOException {
        HERE.removeResources();
        try (FaultyPeer faulty = new FaultyPeer(kind == Kind.EXISTING_SITE ? SITE.host() : OWN.address())) {
            Peer peer = peer(kind, faulty);

            SyncLog broken = run(peer, faulty.spoil(fault, 2), fault);

            assertReported(fault, peer, broken);
            int taken = titles().size();
            assertThat(taken).isEqualTo(broken.tally().added()).isGreaterThanOrEqualTo(PAGE);
            assertThat(STORAGE.harvest().cursor(peer.id())).isPresent();

            assertNeighbourIsFine();

            faulty.mend();
            // After a list that moved on, only a reconciliation finds what was missed. An item that was accepted with a
            // remark is read again when it changes, or when every detail is requested.
            SyncScope scope = fault.harm == PeerFault.Harm.ONE_TEXT
                    ? SyncScope.EVERY_DETAIL
                    : fault == PeerFault.ENDLESS_LIST_THAT_MOVES_ON ? SyncScope.EVERYTHING : SyncScope.CHANGES;
            SyncLog healthy = sync(peer, Duration.ofSeconds(20), scope);
            assertThat(healthy.status()).as(healthy.message()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(healthy.tally().added()).isEqualTo(RESOURCES - taken);
            assertThat(titles().values())
                    .containsExactlyInAnyOrder(IntStream.range(0, RESOURCES)
                            .mapToObj(i -> "Santé " + i)
                            .toArray(String[]::new));
            assertThat(STORAGE.harvest().quarantinedItems(peer.id())).isEmpty();
        }
    }

    @Test
    void hostile_peers_do_not_exhaust_the_memory_or_affect_other_peers() throws Exception {
        List<PeerFault> faults = List.of(
                PeerFault.GZIP_BOMB,
                PeerFault.ENDLESS_LIST,
                PeerFault.ENDLESS_LIST_THAT_MOVES_ON,
                PeerFault.HUGE_GUID,
                PeerFault.DEEPLY_NESTED);
        List<FaultyPeer> hostile = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        HERE.removeResources();
        try {
            for (PeerFault fault : faults) {
                hostile.add(new FaultyPeer(OWN.address()).spoil(fault, 1));
                peers.add(peer(Kind.ONE_OF_OUR_OWN, hostile.get(hostile.size() - 1)));
            }
            Guid guid = NEIGHBOUR_SITE.add("From the neighbour").guid();
            peers.add(NEIGHBOUR);

            String[] ids = peers.stream().map(peer -> peer.id().toString()).toArray(String[]::new);
            try (SyncProcess sync = SyncProcess.start(HERE.home(), HERE.environment(), ids)) {
                assertThat(sync.exitCode()).isOne();
            }
            for (int i = 0; i < faults.size(); i++) {
                assertReported(
                        faults.get(i),
                        peers.get(i),
                        STORAGE.syncLogs().recent(peers.get(i).id(), 1).get(0));
            }
            assertThat(STORAGE.resources().find(guid)).isPresent();
        } finally {
            for (FaultyPeer peer : hostile) {
                peer.close();
            }
        }
    }

    private static void assertReported(PeerFault fault, Peer peer, SyncLog log) {
        assertThat(STORAGE.syncLogs().recent(peer.id(), 5)).containsExactly(log);
        if (fault.harm == PeerFault.Harm.ONE_TEXT) {
            assertThat(log.status()).as(log.message()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(log.tally().failed()).isZero();
            assertThat(STORAGE.syncLogs().remarked(log.id(), 0, 10).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.outcome().remarks())
                            .extracting(Remark::field)
                            .contains(fault.words));
            assertThat(titles()).containsValue("Sant 3");
        } else if (fault.harm == PeerFault.Harm.ONE_RESOURCE) {
            assertThat(log.status()).as(log.message()).isEqualTo(SyncStatus.SUCCEEDED);
            assertThat(log.tally().failed()).isOne();
            assertThat(STORAGE.harvest().quarantinedItems(peer.id()))
                    .singleElement()
                    .extracting(QuarantinedItem::reason)
                    .asString()
                    .contains(fault.words)
                    .hasSizeLessThan(1_000);
        } else {
            assertThat(log.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(log.message())
                    .startsWith(peer.address())
                    .contains(fault.words)
                    .doesNotContain(peer.apiKey().secret());
        }
    }

    private static void assertNeighbourIsFine() {
        Guid guid = NEIGHBOUR_SITE.add("From the neighbour").guid();
        assertThat(sync(NEIGHBOUR, Duration.ofSeconds(20)).status()).isEqualTo(SyncStatus.SUCCEEDED);
        assertThat(STORAGE.resources().find(guid)).isPresent();
    }

    private static Peer peer(Kind kind, FaultyPeer faulty) {
        boolean site = kind == Kind.EXISTING_SITE;
        Peer peer = Peer.builder()
                .id(STORAGE.peers().nextId())
                .name("Faulty")
                .host(PeerHost.of(faulty.address()))
                .credentials(
                        site ? ScriptedOrbSite.USER : RunningLibrary.READER.value(),
                        site ? new ApiKey(ScriptedOrbSite.KEY) : OWN.key(RunningLibrary.READER))
                .build();
        STORAGE.peers().save(peer);
        return peer;
    }

    private static SyncLog run(Peer peer, FaultyPeer faulty, PeerFault fault) {
        return sync(peer, fault == PeerFault.STALLED_BODY ? Duration.ofSeconds(1) : Duration.ofSeconds(20));
    }

    private static SyncLog sync(Peer peer, Duration requestTimeout) {
        return sync(peer, requestTimeout, SyncScope.CHANGES);
    }

    private static SyncLog sync(Peer peer, Duration requestTimeout, SyncScope scope) {
        try (HttpPeerClient client = HttpPeerClient.builder()
                .requestTimeout(requestTimeout)
                .backoff(Duration.ofMillis(1))
                .pageSize(PAGE)
                .build()) {
            return SyncService.builder()
                    .storage(STORAGE)
                    .client(client)
                    .clock(HERE.library().clock())
                    .build()
                    .sync(peer, scope, SyncListener.NONE)
                    .log();
        }
    }

    /** Returns the titles of the faulty peer's resources in this library, by GUID. */
    private static Map<Guid, String> titles() {
        Map<Guid, String> titles = new HashMap<>();
        for (Resource resource : STORAGE.resources().withStatus(Status.PENDING, null, 100)) {
            String title = resource.content().title().best(List.of("en"));
            if (title.startsWith("Sant")) {
                titles.put(resource.guid(), title);
            }
        }
        return titles;
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.QuarantinedItem;

/**
 * The base class of tests in which an in-memory library pulls from an existing site with the real client, at most three
 * resources per page.
 */
@Timeout(60)
abstract class PullingFromASite {

    final ScriptedOrbSite site = new ScriptedOrbSite();
    final Time time = new Time();
    final InMemoryStorage storage = new InMemoryStorage();
    final HttpPeerClient client = HttpPeerClient.builder()
            .clock(time)
            .sleeper(time)
            .backoff(Duration.ofMillis(1))
            .requestTimeout(Duration.ofSeconds(5))
            .pageSize(3)
            .build();
    final SyncService service =
            SyncService.builder().storage(storage).client(client).clock(time).build();
    final Peer peer = site.peer(storage.peers().nextId());

    PullingFromASite() {
        storage.peers().save(peer);
    }

    @AfterEach
    void close() {
        client.close();
        site.close();
    }

    /** Returns a tally without any resource, to which a test adds the counts that it expects. */
    static SyncTally tally() {
        return SyncTally.NONE;
    }

    SyncReport run() {
        time.sleep(Duration.ofMinutes(1));
        return service.sync(peer, SyncListener.NONE);
    }

    /** Runs a sync that must succeed, and returns its tally. */
    SyncTally synced() {
        SyncReport report = run();
        assertThat(report.succeeded())
                .as(String.valueOf(report.log().message()))
                .isTrue();
        return report.log().tally();
    }

    ResourceContent content(Guid guid) {
        return storage.resources().find(guid).orElseThrow().content();
    }

    String title(Guid guid) {
        return content(guid).title().best(List.of("en"));
    }

    /** Returns the titles of all pending resources, by GUID. */
    Map<Guid, String> titles() {
        Map<Guid, String> titles = new HashMap<>();
        for (Resource resource : storage.resources().withStatus(Status.PENDING, null, 10_000)) {
            titles.put(resource.guid(), resource.content().title().best(List.of("en")));
        }
        return titles;
    }

    List<QuarantinedItem> quarantinedItems() {
        return storage.harvest().quarantinedItems(peer.id());
    }

    int detailRequests() {
        return site.requests() - site.requests("/api/v1/resource/");
    }
}

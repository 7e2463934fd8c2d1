package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.DigestDocument;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.sync.Comparison;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.ForwardingSession;
import org.librarypeers.sync.inmemory.InMemoryPeerClient;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;

/** Guards the numbers of requests and bytes of a comparison, which do not depend on the machine. */
class DigestTrafficTest {

    private static final int RESOURCES = 20_000;
    private static final int CHANGED = 10;
    private static final UserName EDITOR = new UserName("amina");

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-30T14:02:11.123456Z"), ZoneOffset.UTC);
    private final InMemoryStorage there = new InMemoryStorage();
    private final InMemoryStorage here = new InMemoryStorage();
    private final WireClient client = new WireClient();

    @Test
    void ten_differences_among_twenty_thousand_take_four_requests_and_some_kilobytes() {
        PeerHost host = PeerHost.of("https://there.example.org");
        client.client.connect(host, there);
        Peer peer = Peer.builder()
                .id(here.peers().nextId())
                .name("There")
                .host(host)
                .credentials("reader", new ApiKey("secret"))
                .build();
        here.peers().save(peer);
        SyncService service =
                SyncService.builder().storage(here).client(client).clock(clock).build();
        List<Resource> published = publish();
        service.sync(peer);
        for (int i = 0; i < CHANGED; i++) {
            Resource resource =
                    there.resources().find(published.get(i * 1_700 + 3).guid()).orElseThrow();
            there.resources().save(resource.edit(titled("Changed"), EDITOR, clock.instant()));
        }

        Comparison comparison = service.compare(peer).orElseThrow();

        assertThat(comparison.count(Comparison.Kind.DIFFERENT)).isEqualTo(CHANGED);
        assertThat(comparison.equal()).isEqualTo(RESOURCES - CHANGED);
        assertThat(client.requests).isLessThanOrEqualTo(4);
        assertThat(client.bytes).isLessThan(40_000);
    }

    private List<Resource> publish() {
        Random random = new Random(5);
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            Guid guid = new Guid(new UUID(random.nextLong(), random.nextLong()));
            resources.add(Resource.create(guid, titled("Resource " + i), EDITOR, clock.instant())
                    .approve(clock.instant()));
        }
        there.resources().save(resources);
        return resources;
    }

    private static ResourceContent titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    /** A client whose digests are written and read as on the wire. */
    private static final class WireClient implements PeerClient {

        private final InMemoryPeerClient client = new InMemoryPeerClient();
        private int requests;
        private long bytes;

        @Override
        public PeerSession open(Peer peer) {
            PeerSession session = client.open(peer);
            return new ForwardingSession(session) {

                @Override
                public Optional<List<RangeSummary>> summaries(List<GuidRange> ranges, int parts) {
                    requests++;
                    String address = DigestDocument.address(ranges, parts);
                    List<GuidRange> sent = DigestDocument.ranges(address.substring(address.lastIndexOf('=') + 1));
                    List<RangeSummary> summaries =
                            session.summaries(sent, parts).orElseThrow();
                    byte[] answer = DigestDocument.write(summaries).toString().getBytes(StandardCharsets.UTF_8);
                    bytes += address.length() + answer.length;
                    return Optional.of(DigestDocument.read(OrbJson.read(answer), ranges));
                }
            };
        }

        @Override
        public PeerCheck check(Peer peer) {
            return client.check(peer);
        }
    }
}

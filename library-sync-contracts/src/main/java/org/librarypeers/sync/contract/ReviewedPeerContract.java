package org.librarypeers.sync.contract;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.storage.SyncStorage;

/** Helper methods of the contracts about a peer whose updates are reviewed. */
abstract class ReviewedPeerContract<S extends SyncStorage> extends StorageContract<S> {

    static final ResourceContent PUBLIC = Samples.titled("Dose ten").toBuilder()
            .tags(List.of(Tag.of("Topic", "Medicine")))
            .build();

    Peer reviewed = Samples.peer(new PeerId(1), "https://unused.example.org");
    Resource approved = Samples.local("Unused");

    @BeforeEach
    void aPublicResourceOfAPeerWhoseUpdatesAreReviewed() {
        Peer peer = savedPeer("https://reviewed.example.org");
        reviewed = peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING);
        storage.peers().save(reviewed);
        Resource adopted = Samples.adopted(Samples.incoming(Guid.random(), PUBLIC), delivery());
        approved = saved(adopted.approve(Samples.NOON));
    }

    final Delivery delivery() {
        return Samples.delivery(storage, reviewed, storage.syncLogs().nextId());
    }

    final Resource received(Resource resource, ResourceContent content) {
        Received received = resource.receive(Samples.incoming(resource.guid(), content), delivery());
        return saved(((Received.Updated) received).resource());
    }
}

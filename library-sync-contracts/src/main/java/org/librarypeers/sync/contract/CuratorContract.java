package org.librarypeers.sync.contract;

import java.time.Instant;
import java.util.List;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.CuratedTag;
import org.librarypeers.sync.curation.CurationService;

/** The base of the contract tests of {@link org.librarypeers.sync.curation.Curation}, through the service that uses it. */
abstract class CuratorContract extends LibraryContract {

    static final Instant LATER = Samples.NOON.plusSeconds(3600);
    static final Tag WATER = Tag.of("Topic", "Water");
    static final Tag AIR = Tag.of("Topic", "Air");
    static final Tag AGUA = Tag.of("Tema", "Água 💧");

    final CurationService service() {
        return new CurationService(storage, storage.curation(), new SettableClock(LATER));
    }

    final void finish() {
        CurationService service = service();
        while (service.step(2) > 0) {
            // Goes on with the next resources.
        }
    }

    final CuratedCategory category(String name) {
        return storage.curation().category(name).orElseThrow();
    }

    final CuratedTag tag(Tag tag) {
        return storage.curation().tag(storage.tags().findOrAdd(tag).id()).orElseThrow();
    }

    final Resource resource(Tag... tags) {
        return approved(Samples.tagged(tags)).resource();
    }

    final Resource from(Peer peer, Tag... tags) {
        Resource resource = Samples.adopted(
                Samples.incoming(
                        Guid.random(),
                        Samples.titled("From a peer").toBuilder()
                                .tags(List.of(tags))
                                .build()),
                Samples.delivery(storage, peer, storage.syncLogs().nextId()));
        return approved(resource).resource();
    }

    final List<Tag.Key> keys(Resource resource) {
        return found(resource.guid()).content().tags().stream().map(Tag::key).toList();
    }
}

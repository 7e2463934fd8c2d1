package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/** Contract tests of a change that waits for a reviewer while the public revision stays, in a storage. */
@Timeout(60)
public abstract class WaitingRevisionContract extends StorageContract {

    private static final ResourceContent PUBLIC = Samples.titled("Dose ten").toBuilder()
            .tags(List.of(Tag.of("Topic", "Medicine")))
            .build();

    private Peer reviewed = Samples.peer(new PeerId(1), "https://unused.example.org");
    private Resource approved = Samples.local("Unused");

    @BeforeEach
    void aPublicResourceOfAPeerWhoseUpdatesAreReviewed() {
        Peer peer = savedPeer("https://reviewed.example.org");
        reviewed = peer.withReviewsUpdates(true);
        storage.peers().save(reviewed);
        Received.New adopted = (Received.New) Resource.adopt(Samples.incoming(Guid.random(), PUBLIC), delivery());
        approved = saved(adopted.resource().approve(Samples.NOON));
    }

    private Delivery delivery() {
        return Samples.delivery(storage, reviewed, storage.syncLogs().nextId());
    }

    private Resource received(Resource resource, ResourceContent content) {
        Received received = resource.receive(Samples.incoming(resource.guid(), content), delivery());
        return saved(((Received.Updated) received).resource());
    }

    private List<Resource> publicOnes() {
        return storage.catalogue().changes(0, 10).stream()
                .map(CatalogueEntry::resource)
                .toList();
    }

    private List<CatalogueEntry> found(String words) {
        return storage.catalogue().search(words, 0, 10);
    }

    private List<Guid> inbox(Kind kind) {
        return storage.reviewQueue().page(kind, InboxFilter.ALL, null, 10);
    }

    @Test
    void what_waits_is_read_back_as_it_was_saved() {
        ResourceContent hostile = Samples.hostile();
        Received received = approved.receive(Samples.incoming(approved.guid(), hostile), delivery());
        Resource changed = ((Received.Updated) received).resource();

        Resource read = saved(changed);

        assertSame(read, changed);
        assertThat(read.toReview().content()).isEqualTo(hostile);
        assertThat(storage.resources().history(read.guid())).isEmpty();
    }

    @Test
    void lists_search_and_tags_have_only_what_is_public() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        assertThat(publicOnes()).singleElement().satisfies(each -> assertSame(each, changed));
        assertThat(publicOnes().get(0).content()).isEqualTo(approved.content());
        assertThat(found("ten")).hasSize(1);
        assertThat(found("five")).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).hasSize(1);
    }

    @Test
    void what_waits_is_in_the_inbox_as_changed_upstream() {
        received(approved, Samples.titled("Dose five"));

        assertThat(inbox(Kind.CHANGED_UPSTREAM)).containsExactly(approved.guid());
        assertThat(inbox(Kind.PENDING)).isEmpty();
        assertThat(storage.reviewQueue().counts(InboxFilter.ALL)).containsEntry(Kind.CHANGED_UPSTREAM, 1L);
        assertThat(storage.resources().changedUpstream(null, 10))
                .singleElement()
                .satisfies(each -> assertThat(each.guid()).isEqualTo(approved.guid()));
        assertThat(storage.resources().changedUpstreamCount()).isEqualTo(1);
        assertThat(storage.resources().counts()).isEqualTo(Map.of(Status.APPROVED, 1L));
    }

    @Test
    void once_approved_it_is_public_and_what_was_public_is_history() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        Resource decided = saved(changed.approve(Samples.NOON.plusSeconds(1)));

        assertThat(decided.content()).isEqualTo(Samples.titled("Dose five"));
        assertThat(decided.revisions().waiting()).isNull();
        assertThat(storage.resources().history(decided.guid())).containsExactly(approved.revision());
        assertThat(found("five")).hasSize(1);
        assertThat(found("ten")).isEmpty();
        assertThat(inbox(Kind.CHANGED_UPSTREAM)).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).isEmpty();
    }

    @Test
    void once_rejected_it_is_history_and_what_is_public_stays() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        Resource decided = saved(changed.reject(Samples.NOON.plusSeconds(1)));

        assertThat(decided.content()).isEqualTo(approved.content());
        assertThat(decided.status()).isEqualTo(Status.APPROVED);
        assertThat(storage.resources().history(decided.guid())).containsExactly(changed.toReview());
        assertThat(storage.resources().lastDecidedOn(List.of(decided.guid())))
                .isEqualTo(Map.of(decided.guid(), changed.toReview()));
        assertThat(inbox(Kind.CHANGED_UPSTREAM)).isEmpty();
        assertThat(received(decided, Samples.titled("Dose six")).toReview().number())
                .isEqualTo(3);
    }

    @Test
    void the_history_is_in_the_order_of_the_numbers_whatever_was_public_when() {
        Resource waiting = received(approved, Samples.titled("Dose five"));
        Resource superseding = received(waiting, Samples.titled("Dose six"));
        Resource edited =
                saved(superseding.edit(Samples.titled("Dose nine"), Samples.AMINA, Samples.NOON.plusSeconds(1)));
        Resource published = saved(edited.approve(Samples.NOON.plusSeconds(2)));
        Resource last = saved(published.edit(Samples.titled("Dose two"), Samples.AMINA, Samples.NOON.plusSeconds(3)));

        assertThat(edited.revision().number()).isEqualTo(4);
        assertThat(edited.toReview()).isEqualTo(superseding.toReview());
        assertThat(last.revision().number()).isEqualTo(5);
        assertThat(storage.resources().history(last.guid()))
                .extracting(Revision::number)
                .containsExactly(4, 3, 2, 1);
        assertThat(storage.resources().histories(List.of(last.guid())))
                .isEqualTo(Map.of(
                        last.guid(),
                        List.of(edited.revision(), published.revision(), waiting.toReview(), approved.revision())));
    }

    @Test
    void what_is_archived_says_what_was_waiting() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        Resource archived = saved(changed.archive(Samples.NOON.plusSeconds(1)));

        assertThat(archived.content()).isEqualTo(Samples.titled("Dose five"));
        assertThat(publicOnes()).isEmpty();
        assertThat(storage.resources().history(archived.guid())).containsExactly(approved.revision());
    }
}

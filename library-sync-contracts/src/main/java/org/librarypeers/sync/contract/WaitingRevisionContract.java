package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of a change that waits for a reviewer while the public revision stays, in a storage. */
@Timeout(60)
abstract class WaitingRevisionContract extends ReviewedPeerContract<SyncStorage> {

    private List<Guid> inbox(Kind kind) {
        return storage.reviewQueue().page(kind, InboxFilter.ALL, null, 10);
    }

    @Test
    void a_waiting_revision_is_read_back_as_it_was_saved() {
        ResourceContent hostile = Samples.hostile();
        Received received = approved.receive(Samples.incoming(approved.guid(), hostile), delivery());
        Resource changed = ((Received.Updated) received).resource();

        Resource read = saved(changed);

        assertSame(read, changed);
        assertThat(read.toReview().content()).isEqualTo(hostile);
        assertThat(storage.resources().history(read.guid())).isEmpty();
    }

    @Test
    void a_resource_with_a_waiting_revision_is_in_the_inbox_as_changed_upstream() {
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
    void an_approved_revision_is_public_and_the_former_one_is_in_the_history() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        Resource decided = saved(changed.approve(Samples.NOON.plusSeconds(1)));

        assertThat(decided.content()).isEqualTo(Samples.titled("Dose five"));
        assertThat(decided.revisions().waiting()).isNull();
        assertThat(storage.resources().history(decided.guid())).containsExactly(approved.revision());
        assertThat(inbox(Kind.CHANGED_UPSTREAM)).isEmpty();
    }

    @Test
    void a_rejected_revision_is_in_the_history_and_the_public_one_stays() {
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
    void the_history_is_ordered_by_number_regardless_of_publication() {
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
    void an_archived_resource_has_the_content_of_the_waiting_revision() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        Resource archived = saved(changed.archive(Samples.NOON.plusSeconds(1)));

        assertThat(archived.content()).isEqualTo(Samples.titled("Dose five"));
        assertThat(storage.resources().history(archived.guid())).containsExactly(approved.revision());
    }
}

package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.inmemory.InMemoryStorage;

/** Tests of whole runs: a repository, the client and the sync service. */
@Timeout(60)
class OaiSyncTest extends Harvests {

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SyncService sync = SyncService.builder()
            .storage(storage)
            .client(client)
            .clock(Clock.systemUTC())
            .build();
    private final Peer peer = repository.peer();

    @BeforeEach
    void add() {
        storage.peers().save(peer);
    }

    @AfterEach
    void closeSync() {
        sync.close();
    }

    private SyncLog run(SyncScope scope) {
        SyncLog log = sync.sync(peer, scope, SyncListener.NONE).log();
        assertThat(log.status()).as(log.message()).isEqualTo(SyncStatus.SUCCEEDED);
        return log;
    }

    private Guid guid(int number) {
        return RecordIdentity.candidates(id(number)).iterator().next();
    }

    @Test
    void new_records_are_pending_changed_ones_updated_and_quiet_runs_change_nothing() {
        publish(5);
        assertThat(run(SyncScope.CHANGES).tally().added()).isEqualTo(5);
        assertThat(storage.resources().find(guid(1)).orElseThrow().status()).isEqualTo(Status.PENDING);

        repository.put(id(2), DublinCore.titled("Record two").toString());
        SyncLog second = run(SyncScope.CHANGES);
        assertThat(second.tally().updated()).isEqualTo(1);
        assertThat(second.tally().added()).isZero();

        SyncLog third = run(SyncScope.CHANGES);
        assertThat(third.tally().added() + third.tally().updated()).isZero();
    }

    @Test
    void a_deleted_record_is_withdrawn_by_the_next_run() {
        publish(9);
        run(SyncScope.CHANGES);
        repository.delete(id(4));

        assertThat(run(SyncScope.CHANGES).tally().withdrawn()).isEqualTo(1);
        assertThat(storage.harvest().withdrawn(peer.id())).isEqualTo(Set.of(guid(4)));

        repository.put(id(4), DublinCore.titled("Again").toString());
        run(SyncScope.CHANGES);
        assertThat(storage.harvest().withdrawn(peer.id())).isEmpty();
    }

    @Test
    void a_repository_that_keeps_no_deletions_is_reconciled() {
        repository.deletions = ScriptedRepository.Deletions.NO;
        publish(9);
        run(SyncScope.CHANGES);
        repository.delete(id(4));

        assertThat(run(SyncScope.CHANGES).tally().withdrawn()).isZero();
        assertThat(run(SyncScope.EVERYTHING).tally().withdrawn()).isEqualTo(1);
        assertThat(storage.harvest().withdrawn(peer.id())).isEqualTo(Set.of(guid(4)));
    }

    @Test
    void a_list_that_may_be_incomplete_withdraws_nothing() {
        repository.deletions = ScriptedRepository.Deletions.NO;
        publish(9);
        run(SyncScope.CHANGES);
        repository.delete(id(4));
        repository.statedSize = 9;

        assertThat(run(SyncScope.EVERYTHING).tally().withdrawn()).isZero();
    }

    @Test
    void a_bad_record_is_quarantined_and_saved_when_it_is_corrected() {
        publish(3);
        repository.next(right -> right);
        repository.next(right -> right.with(text -> text.replace("Record 2", "&bad;")));
        SyncLog first = sync.sync(peer).log();
        assertThat(first.tally().added()).isEqualTo(2);
        assertThat(first.tally().failed()).isEqualTo(1);

        assertThat(run(SyncScope.CHANGES).tally().added()).isEqualTo(1);
        assertThat(storage.resources().find(guid(2))).isPresent();
    }

    @Test
    void a_repository_cannot_take_over_a_resource_that_was_created_here() {
        Guid here = Guid.random();
        storage.resources()
                .save(List.of(Resource.create(
                        here,
                        ResourceContent.titled(LocalizedText.of("en", "Ours")).build(),
                        new UserName("amina"),
                        clock.instant())));
        repository.put(
                "oai:library.example.org:" + here,
                DublinCore.titled("Theirs")
                        .add("identifier", "urn:uuid:" + here)
                        .toString());

        assertThat(run(SyncScope.CHANGES).tally().added()).isZero();
        assertThat(storage.resources()
                        .find(here)
                        .orElseThrow()
                        .content()
                        .title()
                        .texts())
                .containsValue("Ours");
    }
}

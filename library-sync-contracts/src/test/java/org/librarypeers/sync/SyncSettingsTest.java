package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.librarypeers.sync.contract.ScriptedPeer.cursor;
import static org.librarypeers.sync.contract.ScriptedPeer.full;
import static org.librarypeers.sync.contract.ScriptedPeer.items;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Outcome;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.storage.ConcurrentChangeException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/** Tests of what the settings of a service change, and of the values that they reject. */
class SyncSettingsTest {

    private final Library library = new Library();
    private final ScriptedPeer script = library.script;

    private SyncService service(SyncSettings.Builder settings) {
        return SyncService.builder()
                .storage(library.storage)
                .client(script)
                .clock(library.clock)
                .settings(settings.build())
                .build();
    }

    @Test
    void without_settings_the_documented_defaults_apply() {
        assertThat(SyncSettings.DEFAULTS)
                .usingRecursiveComparison()
                .isEqualTo(SyncSettings.builder()
                        .batchSize(50)
                        .saveAttempts(5)
                        .endAttempts(120)
                        .quarantineRetries(250)
                        .rereadAge(Duration.ofHours(20))
                        .rereadCount(500)
                        .withdrawalGuard(20)
                        .outcomeRuns(10)
                        .shutdownWait(Duration.ofSeconds(10))
                        .build());
        assertThat(SyncSettings.DEFAULTS.batchSize()).isEqualTo(SyncSettings.DEFAULT_BATCH_SIZE);
    }

    @Test
    void a_value_out_of_range_is_rejected_by_name_and_value() {
        SyncSettings.Builder builder = SyncSettings.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.batchSize(0))
                .withMessageContainingAll("batch size is 0", "1 to 1000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.batchSize(1_001))
                .withMessageContaining("1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.saveAttempts(0))
                .withMessageStartingWith("save attempts is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.endAttempts(0))
                .withMessageStartingWith("end attempts is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.quarantineRetries(-1))
                .withMessageStartingWith("quarantine retries is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.rereadCount(-1))
                .withMessageStartingWith("reread count is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withdrawalGuard(101))
                .withMessageContainingAll("withdrawal guard is 101", "0 to 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.outcomeRuns(0))
                .withMessageStartingWith("outcome runs is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.rereadAge(Duration.ofSeconds(-1)))
                .withMessageContainingAll("reread age is PT-1S", "PT0S to PT8760H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.shutdownWait(Duration.ofHours(2)))
                .withMessageContainingAll("shutdown wait is PT2H", "PT0S to PT1H");
    }

    @Test
    void a_service_needs_a_storage_and_a_client() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SyncService.builder().client(script).build())
                .withMessage("the sync service has no storage; set it with storage(...)");
        assertThatIllegalStateException()
                .isThrownBy(() -> SyncService.builder().storage(library.storage).build())
                .withMessage("the sync service has no client; set it with client(...)");
    }

    @Test
    void a_batch_has_the_size_that_was_set() {
        script.lastPage(cursor(1), items(1, 7, "v1"));
        for (int i = 1; i <= 7; i++) {
            script.body(i, "Title " + i);
        }
        List<Integer> saved = new ArrayList<>();

        service(SyncSettings.builder().batchSize(3))
                .sync(
                        library.peer,
                        SyncListener.onProgress(
                                progress -> saved.add(progress.tally().added())));

        assertThat(saved).containsExactly(0, 3, 6, 7);
    }

    @Test
    void saving_a_batch_is_attempted_as_often_as_was_set() {
        int[] failures = {2};
        library.storage.inCommit = () -> {
            if (failures[0]-- > 0) {
                throw new ConcurrentChangeException("conflict", null);
            }
        };

        script.lastPage(cursor(1), full(1, "v1"));
        assertThatThrownBySync(service(SyncSettings.builder().saveAttempts(2)), ConcurrentChangeException.class);

        failures[0] = 2;
        script.lastPage(cursor(1), full(1, "v1"));
        assertThat(service(SyncSettings.builder().saveAttempts(3))
                        .sync(library.peer)
                        .succeeded())
                .isTrue();
    }

    @Test
    void saving_the_end_is_attempted_as_often_as_was_set() {
        int[] attempts = {0};
        script.answer(() -> {
            library.storage.beforeTransaction = () -> {
                attempts[0]++;
                throw new StorageUnavailableException("down", null);
            };
            return new ChangePage(List.of(), cursor(1), true, -1);
        });

        assertThatThrownBySync(service(SyncSettings.builder().endAttempts(1)), StorageUnavailableException.class);

        // One attempt for the batch, one to save the end that failed.
        assertThat(attempts[0]).isEqualTo(2);
    }

    private void assertThatThrownBySync(SyncService service, Class<? extends RuntimeException> type) {
        assertThatExceptionOfType(type).isThrownBy(() -> service.sync(library.peer));
    }

    @Test
    void as_many_quarantined_items_are_retried_as_were_set() {
        script.lastPage(cursor(1), items(1, 5, "v1"));
        for (int i = 1; i <= 5; i++) {
            script.body(i, new Fetched.Unreadable("no JSON"));
        }
        library.sync();
        script.fetched.clear();

        script.lastPage(cursor(1));
        service(SyncSettings.builder().quarantineRetries(2)).sync(library.peer);

        assertThat(script.fetched).hasSize(1);
        assertThat(script.fetched.get(0)).hasSize(2);
    }

    @Test
    void a_reconciliation_reads_as_many_items_again_as_were_set_and_only_of_the_age_that_was_set() {
        for (int i = 1; i <= 5; i++) {
            script.body(i, "Title " + i);
        }
        script.lastPage(cursor(1), items(1, 5, "v1"));
        library.sync();
        script.fetched.clear();
        library.clock.tick();

        script.lastPage(cursor(1), items(1, 5, "v1"));
        service(SyncSettings.builder().rereadAge(Duration.ofHours(1)))
                .sync(library.peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(script.fetched).isEmpty();

        script.lastPage(cursor(1), items(1, 5, "v1"));
        service(SyncSettings.builder().rereadAge(Duration.ZERO).rereadCount(3))
                .sync(library.peer, SyncScope.EVERYTHING, SyncListener.NONE);
        assertThat(script.fetched).hasSize(1);
        assertThat(script.fetched.get(0)).hasSize(3);
    }

    /** A guard of the missing percentage allows the withdrawal, a lower one does not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 29, 30, 100})
    void as_much_is_withdrawn_as_the_guard_allows(int percent) {
        script.lastPage(cursor(1), listed(10));
        library.sync();
        script.lastPage(cursor(1), listed(7));

        SyncReport report = service(SyncSettings.builder().withdrawalGuard(percent))
                .sync(library.peer, SyncScope.EVERYTHING, SyncListener.NONE);

        assertThat(report.log().tally().withdrawn()).isEqualTo(percent >= 30 ? 3 : 0);
        if (percent < 30) {
            assertThat(report.log().message()).contains("3 of 10 resources", percent + " %");
        }
    }

    private static ChangePage.Item[] listed(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> full(i, "v1")).toArray(ChangePage.Item[]::new);
    }

    @Test
    void the_unchanged_items_of_as_many_runs_are_kept_as_were_set() {
        for (int i = 1; i <= 4; i++) {
            script.lastPage(cursor(1), full(1, "v1"));
            service(SyncSettings.builder().outcomeRuns(2)).sync(library.peer);
        }

        assertThat(library.logs())
                .extracting(log -> library.storage
                        .syncLogs()
                        .outcomes(log.id(), Outcome.Kind.UNCHANGED, 0, 10)
                        .items()
                        .size())
                .containsExactly(1, 1, 0, 0);
    }

    @Test
    void closing_does_not_wait_longer_than_was_set() {
        SyncService service = service(SyncSettings.builder().shutdownWait(Duration.ZERO));
        script.answer(() -> {
            // The run is in progress here, on this thread, so it cannot end while this method waits.
            service.close();
            return new ChangePage(List.of(), cursor(1), true, -1);
        });

        assertThat(service.sync(library.peer).log().message()).contains("its process was stopped");
    }
}

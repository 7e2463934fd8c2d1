package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Outcome.Kind;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.RunItem;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.SyncStorage;

/** Contract tests of the outcomes of runs in {@link org.librarypeers.sync.storage.SyncLogRepository}. */
@Timeout(60)
abstract class OutcomeContract extends StorageContract<SyncStorage> {

    private PeerId peer = new PeerId(1);
    private SyncLogId run = new SyncLogId(1);

    @BeforeEach
    void oneRun() {
        peer = savedPeer("https://a.example.org").id();
        run = started(peer);
    }

    private SyncLogId started(PeerId of) {
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), of, null, Samples.NOON);
        storage.syncLogs().save(log);
        return log.id();
    }

    private SyncLogId ended(PeerId of, Instant started) {
        SyncLog log = SyncLog.start(storage.syncLogs().nextId(), of, null, started);
        storage.syncLogs().save(log.failed("ended", started));
        return log.id();
    }

    private void note(SyncLogId of, Outcome... outcomes) {
        storage.syncLogs().note(of, List.of(outcomes), Set.of());
    }

    private static Outcome leftOut(String remoteId) {
        return new Outcome(Kind.LEFT_OUT, remoteId, Guid.random(), null);
    }

    private static Outcome unchanged(String remoteId) {
        return new Outcome(Kind.UNCHANGED, remoteId, Guid.random(), null);
    }

    private List<String> listed(SyncLogId of, Kind kind) {
        return storage.syncLogs().outcomes(of, kind, 0, 10).items().stream()
                .map(item -> item.outcome().remoteId())
                .toList();
    }

    @Test
    void each_outcome_is_listed_under_its_kind_with_the_current_resource() {
        Resource here = saved(Samples.local(Samples.hostile()));
        Outcome added = new Outcome(Kind.ADDED, "/1", here.guid(), null);
        Outcome failed = new Outcome(
                Kind.FAILED,
                "/2 \ud83d\udca7",
                null,
                new QuarantineReason(QuarantineReason.Kind.NO_TITLE, "no title <b>"));
        Outcome withdrawn = new Outcome(Kind.WITHDRAWN, null, Guid.random(), null);
        note(run, added, failed);
        note(run, withdrawn);

        assertThat(storage.syncLogs().outcomes(run, Kind.ADDED, 0, 10).items())
                .containsExactly(new RunItem(added, here.slug(), here.content().title()));
        assertThat(storage.syncLogs().outcomes(run, Kind.FAILED, 0, 10).items())
                .containsExactly(new RunItem(failed, null, LocalizedText.empty()));
        assertThat(storage.syncLogs().outcomes(run, Kind.WITHDRAWN, 0, 10).items())
                .containsExactly(new RunItem(withdrawn, null, LocalizedText.empty()));
        for (Kind kind : List.of(Kind.UPDATED, Kind.UNCHANGED, Kind.KEPT_LOCAL, Kind.KEPT_OTHER_SOURCE)) {
            assertThat(storage.syncLogs().outcomes(run, kind, 0, 10)).isEqualTo(new Slice<RunItem>(List.of(), 0, true));
        }
        assertThat(storage.syncLogs().outcomes(started(peer), Kind.ADDED, 0, 10).total())
                .isZero();
    }

    @Test
    void an_item_keeps_its_remarks_and_is_listed_among_the_remarked_items() {
        List<Remark> remarks = List.of(
                new Remark(
                        Remark.Kind.TAG_LEFT_OUT,
                        "tags[2].name",
                        "\"\ud83d\udca7 it's\" is too {long}, \\ and 'quoted'"),
                new Remark(Remark.Kind.CHARACTERS_REMOVED, "title_fr", ""));
        Outcome added = new Outcome(Kind.ADDED, "/1", Guid.random(), null, remarks);
        Outcome unchanged = new Outcome(Kind.UNCHANGED, "/2", Guid.random(), null, remarks.subList(0, 1));
        note(run, added, unchanged("/3"), unchanged);
        note(started(peer), new Outcome(Kind.UPDATED, "/4", Guid.random(), null, remarks));

        assertThat(storage.syncLogs().outcomes(run, Kind.ADDED, 0, 10).items())
                .extracting(RunItem::outcome)
                .containsExactly(added);
        assertThat(storage.syncLogs().remarked(run, 0, 10).items())
                .extracting(RunItem::outcome)
                .containsExactly(added, unchanged);
        Slice<RunItem> second = storage.syncLogs().remarked(run, 1, 1);
        assertThat(second.items()).extracting(RunItem::outcome).containsExactly(unchanged);
        assertThat(second.total()).isEqualTo(2);
        assertThat(second.last()).isTrue();
        assertThat(storage.syncLogs().remarked(run, 0, 1).last()).isFalse();
    }

    @Test
    void outcomes_come_in_slices_in_the_order_in_which_they_were_added() {
        List<String> all = List.of("/5", "/3", "/4", "/1", "/2");
        all.forEach(remoteId -> note(run, unchanged(remoteId)));

        assertPart(0, 2, all.subList(0, 2), false);
        assertPart(2, 2, all.subList(2, 4), false);
        assertPart(3, 2, all.subList(3, 5), true);
        assertPart(5, 2, List.of(), true);
        assertPart(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(), true);
    }

    private void assertPart(int offset, int limit, List<String> remoteIds, boolean last) {
        Slice<RunItem> part = storage.syncLogs().outcomes(run, Kind.UNCHANGED, offset, limit);
        assertThat(part.items()).extracting(item -> item.outcome().remoteId()).isEqualTo(remoteIds);
        assertThat(part.total()).isEqualTo(5);
        assertThat(part.last()).isEqualTo(last);
    }

    @Test
    void an_outcome_left_out_is_replaced_when_the_item_is_decided_again() {
        note(run, leftOut("/1"), leftOut("/2"));
        note(started(peer), leftOut("/1"));

        storage.syncLogs().note(run, List.of(new Outcome(Kind.ADDED, "/1", Guid.random(), null)), Set.of("/1"));

        assertThat(listed(run, Kind.LEFT_OUT)).containsExactly("/2");
        assertThat(listed(run, Kind.ADDED)).containsExactly("/1");
    }

    @Test
    void an_outcome_unchanged_is_replaced_when_the_item_is_read_again() {
        note(run, unchanged("/1"), unchanged("/2"), new Outcome(Kind.ADDED, "/3", Guid.random(), null));
        note(started(peer), unchanged("/1"));

        storage.syncLogs()
                .note(run, List.of(new Outcome(Kind.UPDATED, "/1", Guid.random(), null)), Set.of("/1", "/3", "/4"));

        assertThat(listed(run, Kind.UNCHANGED)).containsExactly("/2");
        assertThat(listed(run, Kind.UPDATED)).containsExactly("/1");
        assertThat(listed(run, Kind.ADDED)).containsExactly("/3");
    }

    @Test
    void old_runs_keep_only_the_outcomes_that_changed_something() {
        PeerId other = savedPeer("https://b.example.org").id();
        List<SyncLogId> runs = new ArrayList<>(List.of(run, started(peer), started(peer), started(other)));
        for (SyncLogId each : runs) {
            Arrays.stream(Kind.values())
                    .forEach(kind -> note(
                            each,
                            new Outcome(
                                    kind,
                                    "/1",
                                    Guid.random(),
                                    kind == Kind.FAILED
                                            ? new QuarantineReason(QuarantineReason.Kind.UNREADABLE, "bad")
                                            : null)));
        }

        storage.syncLogs().forgetOutcomes(peer, 2);

        for (Kind kind : Kind.values()) {
            boolean forGood = Set.of(Kind.ADDED, Kind.UPDATED, Kind.WITHDRAWN).contains(kind);
            assertThat(listed(runs.get(0), kind)).as("%s", kind).hasSize(forGood ? 1 : 0);
            for (SyncLogId newer : runs.subList(1, 4)) {
                assertThat(listed(newer, kind)).as("%s", kind).hasSize(1);
            }
        }
    }

    @Test
    void the_items_of_old_runs_are_removed_in_batches() {
        Instant later = Samples.NOON.plusSeconds(60);
        SyncLogId ended = ended(peer, Samples.NOON);
        SyncLogId newer = ended(peer, later);
        for (SyncLogId each : List.of(run, ended, newer)) {
            note(each, unchanged("/1"), unchanged("/2"), new Outcome(Kind.ADDED, "/3", Guid.random(), null));
        }

        assertThat(storage.syncLogs().removeItems(Samples.NOON, 10)).isZero();
        assertThat(storage.syncLogs().removeItems(later, 2)).isEqualTo(2);
        assertThat(storage.syncLogs().removeItems(later, 2)).isEqualTo(1);
        assertThat(storage.syncLogs().removeItems(later, 2)).isZero();

        assertThat(listed(ended, Kind.UNCHANGED)).isEmpty();
        assertThat(listed(ended, Kind.ADDED)).isEmpty();
        assertThat(listed(newer, Kind.UNCHANGED)).containsExactly("/1", "/2");
        // The run is still running.
        assertThat(listed(run, Kind.UNCHANGED)).containsExactly("/1", "/2");
    }

    @Test
    void the_logs_of_old_runs_are_removed_except_those_that_are_still_needed() {
        Instant later = Samples.NOON.plusSeconds(60);
        PeerId other = savedPeer("https://b.example.org").id();
        SyncLogId withItems = ended(peer, Samples.NOON);
        SyncLogId withdrawing = ended(peer, Samples.NOON);
        SyncLogId first = ended(peer, Samples.NOON);
        SyncLogId second = ended(peer, Samples.NOON);
        SyncLogId newer = ended(peer, later);
        SyncLogId newestOfItsPeer = ended(other, Samples.NOON);
        note(withItems, unchanged("/1"));
        storage.syncLogs()
                .keepWithdrawals(
                        Map.of(Guid.random(), new PastWithdrawal(withdrawing, peer, Samples.NOON, null, false)));

        assertThat(storage.syncLogs().removeOld(Samples.NOON, 10)).isZero();
        assertThat(storage.syncLogs().removeOld(later, 1)).isEqualTo(1);
        assertThat(storage.syncLogs().find(first)).isEmpty();
        assertThat(storage.syncLogs().removeOld(later, 10)).isEqualTo(1);
        assertThat(storage.syncLogs().find(second)).isEmpty();

        for (SyncLogId needed : List.of(run, withItems, withdrawing, newer, newestOfItsPeer)) {
            assertThat(storage.syncLogs().find(needed)).isPresent();
        }
    }

    @Test
    void outcomes_of_a_transaction_that_was_rolled_back_are_not_stored() {
        try {
            storage.inTransaction(() -> {
                note(run, unchanged("/1"));
                throw new IllegalStateException("left");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("left");
        }

        assertThat(listed(run, Kind.UNCHANGED)).isEmpty();
    }

    @Test
    void the_words_of_the_kinds_are_stored_and_must_not_change() {
        assertThat(Kind.values())
                .extracting(Kind::word)
                .containsExactlyInAnyOrder(
                        "added",
                        "updated",
                        "unchanged",
                        "kept_local",
                        "kept_other_source",
                        "failed",
                        "withdrawn",
                        "left_out");
        for (Kind kind : Kind.values()) {
            assertThat(Kind.ofWord(kind.word())).contains(kind);
        }
        assertThat(Kind.ofWord("Added")).isEmpty();
        assertThat(Kind.ofWord("")).isEmpty();
    }
}

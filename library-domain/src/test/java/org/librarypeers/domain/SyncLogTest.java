package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.librarypeers.domain.Refused.assertMissing;
import static org.librarypeers.domain.Refused.assertTooLong;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.NOW;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of SyncLog, its tally, and the cursor that a run starts from. */
class SyncLogTest {

    private static final SyncLogId ID = new SyncLogId(7);
    private static final PeerId PEER = new PeerId(3);
    private static final SyncLog RUNNING = SyncLog.start(ID, PEER, null, NOW);
    private static final Instant NOON = LATER.plusSeconds(3_600);
    private static final SyncTally SOME = SyncTally.NONE
            .added(1)
            .updated(2)
            .unchanged(3)
            .keptLocal(4)
            .keptOtherSource(5)
            .failed(6)
            .withdrawn(7);

    @Test
    void a_run_begins_with_nothing_done() {
        assertThat(RUNNING)
                .isEqualTo(new SyncLog(
                        ID, PEER, SyncStatus.RUNNING, null, SyncTally.NONE, 0, NOW, null, null, null, null));
    }

    @Test
    void a_run_says_since_when_it_asks_in_the_words_of_the_peer() {
        assertThat(SyncLog.start(ID, PEER, new Cursor("token", "2016-05-27T18:19:19.1"), NOW)
                        .since())
                .isEqualTo("2016-05-27T18:19:19.1");
        assertThat(SyncLog.start(ID, PEER, new Cursor("token", null), NOW).since())
                .isNull();
    }

    @Test
    void progress_adds_to_the_tally_and_replaces_the_requests() {
        SyncLog log = RUNNING.progressed(SOME, 3).progressed(SOME, 5);

        assertThat(log.tally())
                .isEqualTo(SyncTally.NONE
                        .added(2)
                        .updated(4)
                        .unchanged(6)
                        .keptLocal(8)
                        .keptOtherSource(10)
                        .failed(12)
                        .withdrawn(14));
        assertThat(log.requests()).isEqualTo(5);
        assertThat(log.status()).isEqualTo(SyncStatus.RUNNING);
        assertThat(log.started()).isEqualTo(NOW);
    }

    @Test
    void a_run_that_read_all_has_succeeded() {
        SyncLog log = RUNNING.progressed(SOME, 3).completed(SyncLog.QuarantineCounts.NONE, null, LATER);

        assertThat(log)
                .isEqualTo(new SyncLog(ID, PEER, SyncStatus.SUCCEEDED, null, SOME, 3, NOW, LATER, null, null, null));
    }

    @Test
    void a_run_has_failed_if_more_was_bad_than_good() {
        SyncTally asMuch = SyncTally.NONE
                .added(1)
                .updated(1)
                .unchanged(1)
                .keptLocal(1)
                .keptOtherSource(1)
                .failed(5);
        SyncTally more = SyncTally.NONE
                .added(1)
                .updated(1)
                .unchanged(1)
                .keptLocal(1)
                .keptOtherSource(1)
                .failed(6)
                .withdrawn(9);

        assertThat(RUNNING.progressed(asMuch, 1)
                        .completed(SyncLog.QuarantineCounts.NONE, null, LATER)
                        .status())
                .isEqualTo(SyncStatus.SUCCEEDED);
        SyncLog failed = RUNNING.progressed(more, 1).completed(SyncLog.QuarantineCounts.NONE, null, LATER);
        assertThat(failed.status()).isEqualTo(SyncStatus.FAILED);
        assertThat(failed.message()).isEqualTo("6 of 11 resources could not be saved");
        assertThat(failed.finished()).isEqualTo(LATER);
    }

    @Test
    void a_run_that_broke_off_says_why() {
        assertThat(RUNNING.failed("no answer", LATER))
                .isEqualTo(new SyncLog(
                        ID, PEER, SyncStatus.FAILED, null, SyncTally.NONE, 0, NOW, LATER, null, null, "no answer"));
        assertThat(RUNNING.failed(PeerTrouble.REFUSED, "401", LATER).trouble()).isEqualTo(PeerTrouble.REFUSED);
        assertThat(RUNNING.failed(PeerTrouble.REFUSED, "401", LATER).message()).isEqualTo("401");
        assertThat(RUNNING.throttled(NOON, "until noon", LATER).status()).isEqualTo(SyncStatus.THROTTLED);
        assertThat(RUNNING.throttled(NOON, "until noon", LATER).message()).isEqualTo("until noon");
        assertThat(RUNNING.throttled(NOON, "until noon", LATER).until()).isEqualTo(NOON);
        assertThat(RUNNING.interrupted("killed", LATER).status()).isEqualTo(SyncStatus.INTERRUPTED);
        assertThat(RUNNING.interrupted("killed", LATER).message()).isEqualTo("killed");
    }

    static List<UnaryOperator<SyncLog>> ends() {
        return List.of(
                log -> log.completed(SyncLog.QuarantineCounts.NONE, null, LATER),
                log -> log.failed("a", LATER),
                log -> log.failed(PeerTrouble.MOVED, "a", LATER),
                log -> log.throttled(NOON, "a", LATER),
                log -> log.interrupted("a", LATER));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_run_ends_once(UnaryOperator<SyncLog> end) {
        SyncLog ended = end.apply(RUNNING);

        ends().forEach(again -> assertThatIllegalStateException()
                .isThrownBy(() -> again.apply(ended))
                .withMessageContainingAll("run 7", ended.status().word()));
    }

    @ParameterizedTest
    @EnumSource(value = SyncStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "FAILED")
    void only_a_failed_run_had_trouble_with_the_peer(SyncStatus status) {
        Instant end = status == SyncStatus.RUNNING ? null : LATER;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SyncLog(
                        ID, PEER, status, null, SOME, 0, NOW, end, untilOf(status), PeerTrouble.MOVED, null))
                .withMessageContainingAll("run 7", status.word(), "MOVED");
    }

    private static @Nullable Instant untilOf(SyncStatus status) {
        return status == SyncStatus.THROTTLED ? NOON : null;
    }

    @ParameterizedTest
    @EnumSource(SyncStatus.class)
    void exactly_a_throttled_run_says_until_when(SyncStatus status) {
        Instant end = status == SyncStatus.RUNNING ? null : LATER;
        Instant wrong = untilOf(status) == null ? NOON : null;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SyncLog(ID, PEER, status, null, SOME, 0, NOW, end, wrong, null, null))
                .withMessageContainingAll("run 7", status.word(), "until " + wrong);
    }

    @ParameterizedTest
    @EnumSource(SyncStatus.class)
    void exactly_an_ended_run_has_an_end(SyncStatus status) {
        boolean running = status == SyncStatus.RUNNING;
        var end = running ? null : LATER;
        var wrongEnd = running ? LATER : null;

        assertThat(new SyncLog(ID, PEER, status, null, SOME, 0, NOW, end, untilOf(status), null, null).finished())
                .isEqualTo(end);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SyncLog(ID, PEER, status, null, SOME, 0, NOW, wrongEnd, untilOf(status), null, null))
                .withMessageContainingAll("run 7", status.word(), "end " + wrongEnd);
    }

    @Test
    void a_status_has_a_word() {
        assertThat(SyncStatus.values())
                .extracting(SyncStatus::word)
                .containsExactly("running", "succeeded", "failed", "throttled", "interrupted");
    }

    @Test
    void the_names_of_trouble_are_stored_and_stay() {
        assertThat(PeerTrouble.values())
                .extracting(PeerTrouble::name)
                .containsExactlyInAnyOrder(
                        "UNREACHABLE",
                        "UNKNOWN_HOST",
                        "NOBODY_LISTENS",
                        "NO_ANSWER",
                        "NO_TLS",
                        "NEEDS_TLS",
                        "CERTIFICATE_EXPIRED",
                        "CERTIFICATE_OF_ANOTHER",
                        "CERTIFICATE_UNTRUSTED",
                        "REFUSED",
                        "BLOCKED",
                        "MOVED",
                        "NOT_A_LIBRARY",
                        "UNREADABLE",
                        "UNAVAILABLE",
                        "INCOMPLETE",
                        "THROTTLED",
                        "STOPPED");
    }

    @Test
    void a_message_is_on_one_line_bounded_and_can_be_stored() {
        assertThat(RUNNING.failed(" a\r\n\u2028b\u0000\uD83D ", LATER).message())
                .isEqualTo("a   b");
        assertThat(RUNNING.failed("x".repeat(1_000), LATER).message())
                .hasSize(1_000)
                .doesNotContain("…");
        assertThat(RUNNING.failed("x".repeat(1_001), LATER).message())
                .hasSize(1_000)
                .endsWith("x…");
        assertThat(RUNNING.failed("x".repeat(998) + "\uD83D\uDE80xx", LATER).message())
                .hasSize(999)
                .endsWith("x…");
    }

    @Test
    void times_are_kept_to_the_microsecond() {
        SyncLog log = SyncLog.start(ID, PEER, null, NOW.plusNanos(1))
                .completed(SyncLog.QuarantineCounts.NONE, null, LATER.plusNanos(999));

        assertThat(log.started()).isEqualTo(NOW);
        assertThat(log.finished()).isEqualTo(LATER);
    }

    @Test
    void each_outcome_counts_once_and_in_its_place() {
        Resource resource = Samples.local(Samples.titled("A"));
        SyncTally tally = SyncTally.NONE
                .plus(new Received.New(resource).outcome())
                .plus(new Received.Updated(resource, resource.revision()).outcome())
                .plus(new Received.Updated(resource, resource.revision()).outcome())
                .plusUnchanged(2)
                .plus(new Received.Unchanged().outcome());
        for (int i = 0; i < 4; i++) {
            tally = tally.plus(new Received.KeptLocal().outcome());
        }
        for (int i = 0; i < 5; i++) {
            tally = tally.plus(new Received.KeptOtherSource().outcome());
        }
        for (int i = 0; i < 6; i++) {
            tally = tally.plus(new Received.Invalid(QuarantineReason.Kind.INVALID, "no title").outcome());
        }

        assertThat(tally)
                .isEqualTo(SyncTally.NONE
                        .added(1)
                        .updated(2)
                        .unchanged(3)
                        .keptLocal(4)
                        .keptOtherSource(5)
                        .failed(6));
    }

    @Test
    void the_total_is_all_that_the_run_looked_at_but_not_what_was_withdrawn() {
        assertThat(SOME.total()).isEqualTo(21);
        assertThat(SOME.good()).isEqualTo(15);
        assertThat(SOME.plus(SyncTally.NONE)).isEqualTo(SOME);
    }

    @Test
    void a_cursor_has_a_token_and_perhaps_a_date() {
        assertThat(new Cursor(" t ", " ")).isEqualTo(new Cursor("t", null));
        assertMissing("cursor", () -> new Cursor("", "x"));
        assertTooLong("cursor", 1_001, 1_000, () -> new Cursor("x".repeat(1_001), null));
        assertTooLong("update date", 1_001, 1_000, () -> new Cursor("x", "x".repeat(1_001)));
    }

    @Test
    void what_was_known_to_be_bad_before_does_not_make_a_run_fail() {
        SyncLog log = RUNNING.progressed(SyncTally.NONE.unchanged(1).failed(3), 1);

        assertThat(log.completed(new SyncLog.QuarantineCounts(2, 2, 3, 9), null, LATER)
                        .status())
                .isEqualTo(SyncStatus.SUCCEEDED);
        SyncLog failed = log.completed(new SyncLog.QuarantineCounts(1, 1, 3, 9), null, LATER);
        assertThat(failed.status()).isEqualTo(SyncStatus.FAILED);
        assertThat(failed.message()).isEqualTo("2 of 3 resources could not be saved");
    }
}

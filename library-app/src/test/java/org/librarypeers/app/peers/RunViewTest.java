package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Outcome.Kind;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncProgress;

/** Tests of what the pages of a peer show about runs and about the peer itself. */
class RunViewTest {

    private static final Instant NOON = OfflineLibrary.NOON;
    private static final Visit VISIT = OfflineLibrary.visit("/peers");
    private static final SyncTally NONE = SyncTally.NONE;

    private static SyncLog run(SyncTally tally) {
        return SyncLog.start(new SyncLogId(7), new PeerId(3), null, NOON).progressed(tally, 30);
    }

    private static SyncLog runAt(Instant started) {
        return SyncLog.start(new SyncLogId(7), new PeerId(3), null, started);
    }

    private static SyncLog succeeded() {
        return run(NONE).completed(SyncLog.QuarantineCounts.NONE, null, NOON.plusSeconds(90));
    }

    private static RunView finished(SyncTally tally) {
        return view(run(tally).completed(SyncLog.QuarantineCounts.NONE, null, NOON.plusSeconds(90)), null);
    }

    private static RunView view(SyncLog log, SyncProgress live) {
        return new RunView(log, live, NOON.plusSeconds(20));
    }

    private static SyncTally tally(Kind kind, int number) {
        return switch (kind) {
            case ADDED -> NONE.added(number);
            case UPDATED -> NONE.updated(number);
            case UNCHANGED -> NONE.unchanged(number);
            case KEPT_LOCAL -> NONE.keptLocal(number);
            case KEPT_OTHER_SOURCE -> NONE.keptOtherSource(number);
            case FAILED -> NONE.failed(number);
            case WITHDRAWN -> NONE.withdrawn(number);
            case LEFT_OUT -> NONE.leftOut(number);
        };
    }

    @Test
    void each_status_has_its_mark() {
        SyncLog begun = run(NONE.added(1));

        assertThat(view(begun, null).mark()).isEqualTo("mark");
        assertThat(view(begun, null).isRunning()).isTrue();
        assertThat(finished(NONE).mark()).isEqualTo("mark good");
        assertThat(finished(NONE).isRunning()).isFalse();
        assertThat(view(begun.failed("why", NOON), null).mark()).isEqualTo("mark bad");
        assertThat(view(begun.throttled(NOON, "why", NOON), null).mark()).isEqualTo("mark warn");
        assertThat(view(begun.interrupted("why", NOON), null).mark()).isEqualTo("mark warn");
        assertThat(finished(NONE).address()).isEqualTo("/peers/3/runs/7");
        assertThat(finished(NONE).address("failed")).isEqualTo("/peers/3/runs/7?outcome=failed");
    }

    @Test
    void rare_counts_are_left_out_while_they_are_zero() {
        assertThat(finished(NONE).counts(VISIT))
                .extracting(RunView.LabelledCount::part)
                .containsExactly(
                        Kind.ADDED.word(),
                        Kind.UPDATED.word(),
                        Kind.UNCHANGED.word(),
                        Kind.KEPT_LOCAL.word(),
                        Kind.FAILED.word(),
                        Kind.WITHDRAWN.word(),
                        null);
        assertThat(finished(NONE.keptOtherSource(2).remarked(4)).counts(VISIT))
                .extracting(RunView.LabelledCount::part, RunView.LabelledCount::number)
                .contains(tuple(Kind.KEPT_OTHER_SOURCE.word(), 2), tuple("remarked", 4), tuple(null, 30));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_outcome_has_its_number_and_its_name(Kind kind) {
        RunView view = finished(tally(kind, 5));

        assertThat(view.counts(VISIT))
                .filteredOn(count -> kind.word().equals(count.part()))
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.number()).isEqualTo(5);
                    assertThat(count.label())
                            .isEqualTo(RunView.label(VISIT, kind))
                            .isNotBlank();
                });
        assertThat(view.foremost()).isEqualTo(kind);
        assertThat(List.of(Kind.values()).stream().map(each -> RunView.label(VISIT, each)))
                .doesNotHaveDuplicates();
    }

    @Test
    void failures_are_foremost_and_new_resources_before_others() {
        assertThat(finished(NONE).foremost()).isEqualTo(Kind.ADDED);
        assertThat(finished(NONE.added(1).failed(1).unchanged(9)).foremost()).isEqualTo(Kind.FAILED);
        assertThat(finished(NONE.updated(1).unchanged(9)).foremost()).isEqualTo(Kind.UPDATED);
    }

    @Test
    void the_pace_is_counted_per_minute_until_now_or_the_end() {
        assertThat(view(run(NONE), null).pace()).isEqualTo(90);
        assertThat(finished(NONE).pace()).isEqualTo(20);
        assertThat(new RunView(run(NONE), null, NOON.plusMillis(999)).pace()).isZero();
        assertThat(new RunView(run(NONE), null, NOON.minusSeconds(5)).took(VISIT))
                .isEqualTo(RunView.duration(VISIT, Duration.ZERO));
        assertThat(finished(NONE).took(VISIT)).isEqualTo(RunView.duration(VISIT, Duration.ofSeconds(90)));
    }

    @Test
    void progress_is_known_only_of_an_active_run() {
        SyncLog log = run(NONE.added(12));
        RunView quiet = view(log, null);
        assertThat(quiet.total()).isEqualTo(-1);
        assertThat(quiet.pages()).isEqualTo(-1);
        assertThat(quiet.read()).isEqualTo(12);
        assertThat(quiet.left(VISIT)).isNull();

        RunView live = view(log, new SyncProgress(peer(), log, 2, 10, Duration.ofMinutes(4)));
        assertThat(live.total()).isEqualTo(10);
        assertThat(live.pages()).isEqualTo(2);
        assertThat(live.read()).isEqualTo(10);
        assertThat(live.left(VISIT)).isEqualTo("4 min");

        RunView uncounted = view(log, new SyncProgress(peer(), log, 2, -1, null));
        assertThat(uncounted.read()).isEqualTo(12);
        assertThat(uncounted.left(VISIT)).isNull();
        assertThat(view(log, new SyncProgress(peer(), log, 2, 0, null)).read()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PT89S, 89 s",
        "PT90S, 2 min",
        "PT119S, 2 min",
        "PT149S, 2 min",
        "PT150S, 3 min",
        "PT89M, 89 min",
        "PT90M, 2 h",
        "PT149M, 2 h",
        "PT150M, 3 h"
    })
    void a_duration_is_rounded_to_a_suitable_unit(Duration time, String text) {
        assertThat(RunView.duration(VISIT, time)).isEqualTo(text);
    }

    @Test
    void a_chart_shows_the_runs_from_the_oldest_to_the_newest() {
        RunChart chart =
                RunChart.of(VISIT, List.of(run(NONE.added(50).updated(40).failed(10)), run(NONE.added(100))));

        assertThat(chart.top()).isEqualTo(100);
        assertThat(chart.bars()).extracting(RunChart.Bar::x).containsExactly(72, 126);
        assertThat(chart.bars()).extracting(RunChart.Bar::width).containsOnly(37);
        assertThat(chart.bars().get(0).parts()).containsExactly(new RunChart.BarSegment("added", 14, 136));
        assertThat(chart.bars().get(1).parts())
                .containsExactly(
                        new RunChart.BarSegment("added", 82, 68),
                        new RunChart.BarSegment("updated", 28, 54),
                        new RunChart.BarSegment("failed", 14, 14));
        assertThat(chart.bars().get(1).title()).contains("7", "50", "40", "10", VISIT.time(NOON));
    }

    @Test
    void small_numbers_are_visible_and_an_empty_chart_has_a_scale() {
        RunChart chart = RunChart.of(VISIT, List.of(run(NONE.added(1)), run(NONE.added(1_000)), run(NONE)));

        assertThat(chart.bars().get(2).parts()).containsExactly(new RunChart.BarSegment("added", 147, 3));
        assertThat(chart.bars().get(0).parts()).isEmpty();
        assertThat(RunChart.of(VISIT, List.of()).top()).isEqualTo(1);
        assertThat(RunChart.of(VISIT, List.of(run(NONE))).top()).isEqualTo(1);
    }

    @Test
    void many_runs_share_the_width() {
        List<SyncLog> runs =
                IntStream.range(0, 24).mapToObj(i -> run(NONE.added(1))).toList();

        assertThat(RunChart.of(VISIT, runs).bars().get(23).x()).isEqualTo(72 + 23 * 27);
        assertThat(RunChart.of(VISIT, runs).bars().get(23).width()).isEqualTo(18);
    }

    @Test
    void a_chart_has_dates_where_they_change_and_have_room() {
        List<SyncLog> runs = IntStream.range(0, 20)
                .mapToObj(i -> runAt(NOON.minus(Duration.ofHours(12L * i))))
                .toList();

        List<String> days = RunChart.of(VISIT, runs).bars().stream()
                .map(RunChart.Bar::day)
                .filter(Objects::nonNull)
                .toList();

        assertThat(days).hasSizeBetween(4, 6).doesNotHaveDuplicates();
        assertThat(RunChart.of(VISIT, runs).bars().get(0).day())
                .isEqualTo(VISIT.day(runs.get(19).started()));
        assertThat(RunChart.of(VISIT, List.of(run(NONE), run(NONE))).bars())
                .extracting(RunChart.Bar::day)
                .containsExactly(VISIT.day(NOON), null);
    }

    @Test
    void a_peer_has_the_state_of_its_last_run() {
        Peer peer = peer().withSyncsAutomatically(true);

        assertThat(view(peer, true, null).stateWord()).isEqualTo("new");
        assertThat(view(peer, true, succeeded()).stateWord()).isEqualTo("current");
        assertThat(view(peer, true, succeeded()).stateMark()).isEqualTo("mark good");
        assertThat(view(peer, true, run(NONE)).stateWord()).isEqualTo("syncing");
        assertThat(view(peer.withActive(false), true, run(NONE)).stateWord()).isEqualTo("inactive");
        assertThat(view(peer.withActive(false), true, null).stateMark()).isEqualTo("mark warn");
    }

    private static Peer peer() {
        return Peer.builder()
                .id(new PeerId(3))
                .name("Malawi")
                .host(PeerHost.of("https://malawi.example"))
                .credentials("us", new ApiKey("k"))
                .build();
    }

    private static PeerView view(Peer peer, boolean scheduled, SyncLog last) {
        return new PeerView(peer, last, null, scheduled, 0, 0, 0);
    }

    @Test
    void a_peer_without_a_time_of_the_next_sync_says_why() {
        Peer automatic = peer().withSyncsAutomatically(true);

        assertThat(view(automatic.withActive(false), true, null).noNext()).isEqualTo("none");
        assertThat(view(automatic.withActive(false), true, null).isReady()).isFalse();
        assertThat(view(peer().withSyncsAutomatically(false), true, null).noNext())
                .isEqualTo("first");
        assertThat(view(peer().withSyncsAutomatically(false), true, run(NONE)).noNext())
                .isEqualTo("manual");
        assertThat(view(automatic, true, null).noNext()).isEqualTo("soon");
        assertThat(view(automatic, false, null).noNext()).isEqualTo("unscheduled");
        assertThat(view(automatic, false, null).isReady()).isTrue();
        assertThat(view(automatic, false, null).run()).isNull();
        assertThat(view(automatic, false, run(NONE)).run().address()).isEqualTo("/peers/3/runs/7");
    }

    @Test
    void the_state_of_a_peer_says_what_is_missing() {
        assertThat(PeerView.state(peer())).isEqualTo("ready");
        assertThat(PeerView.state(peer().withActive(false))).isEqualTo("inactive");
        assertThat(PeerView.state(with("us", null))).isEqualTo("no-key");
        assertThat(PeerView.state(with(null, new ApiKey("k")))).isEqualTo("no-user");
        assertThat(PeerView.state(with(null, null))).isEqualTo("no-credentials");
    }

    private static Peer with(String user, ApiKey key) {
        return peer().toBuilder().credentials(user, key).build();
    }

    @Test
    void a_number_in_a_path_is_positive_and_has_at_most_18_digits() {
        assertThat(PathParameters.number("7")).contains(7L);
        assertThat(PathParameters.number("9".repeat(18))).contains(999_999_999_999_999_999L);
        for (String text : List.of("", "0", "-1", "07", "x", "9".repeat(19))) {
            assertThat(PathParameters.number(text)).as(text).isEmpty();
        }
        assertThat(new RunPart("failed", null, null, null).isFailed()).isTrue();
        assertThat(new RunPart("added", null, null, null).isFailed()).isFalse();
    }
}

package org.librarypeers.http;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.peer.ChangePage.Item;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests with a site that answers a limited number of requests per hour, and usually does not tell the limit. */
@Timeout(60)
class HourlyQuotaTest {

    private static final Item ITEM = new Item("1", null, "v", null);

    private final Time time = new Time();
    private final ScriptedOrbSite site = new ScriptedOrbSite().clock(time);
    private final Peer peer = site.peer(new PeerId(1));
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpPeerClient client = client(Duration.ofMinutes(1));

    HourlyQuotaTest() {
        site.always("/", right -> {
            SiteAnswer answer = right.get();
            if (answer.status() == 429) {
                refusals.incrementAndGet();
            }
            return answer;
        });
    }

    private HttpPeerClient client(Duration maxWait) {
        return HttpPeerClient.builder()
                .clock(time)
                .sleeper(time)
                .maxWait(maxWait)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_large_site_is_read_in_three_runs_of_which_only_the_first_is_refused(boolean saysWhen) {
        if (!saysWhen) {
            site.withoutRetryAfter();
        }
        site.together(() -> IntStream.range(0, 2_700).forEach(i -> site.add("Resource " + i)));
        InMemoryStorage storage = new InMemoryStorage();
        storage.peers().save(peer);
        SyncService service = SyncService.builder()
                .storage(storage)
                .client(client)
                .clock(time)
                .build();

        SyncReport first = service.sync(peer, SyncListener.NONE);

        Instant until = first.log().until();
        assertThat(first.log().status()).isEqualTo(SyncStatus.THROTTLED);
        // A throttled run does not wait for the requests that are in progress.
        assertThat(first.log().requests()).isBetween(1_000 + refusals.get(), saysWhen ? 1_004 : 1_000 + refusals.get());
        assertThat(refusals).hasValueBetween(1, 6);
        assertThat(until).isBetween(Time.NOON.plus(60, MINUTES), Time.NOON.plus(61, MINUTES));
        assertThat(timeFor(1_700)).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
        assertThat(timeFor(2_700)).isBetween(Duration.ofMinutes(179), Duration.ofMinutes(181));

        refusals.set(0);
        goOnTo(until);
        SyncReport second = service.sync(peer, SyncListener.NONE);

        assertThat(second.log().requests()).isBetween(saysWhen ? 990 : 1_000, 1_000);
        assertThat(second.log().message())
                .startsWith(site.host() + " has throttled this library (429); it allows about 1,000 requests an hour;"
                        + " requests are allowed again from " + second.log().until())
                .containsPattern("1,\\d{3} of 2,700 resources remain \\(about 6\\d min at this peer's pace, until ");

        goOnTo(second.log().until());
        SyncReport third = service.sync(peer, SyncListener.NONE);

        assertThat(third.succeeded()).isTrue();
        assertThat(storage.resources().withStatus(Status.PENDING, null, 10_000)).hasSize(2_700);
        assertThat(refusals).hasValue(0);
        assertThat(time.instant()).isBefore(Time.NOON.plus(123, MINUTES));
    }

    @Test
    void while_the_budget_is_used_up_nothing_is_asked() {
        allows(20);
        ask(30);
        site.forgetRequests();

        PeerThrottledException throttled = ask(30);

        assertThat(site.requests()).isZero();
        assertThat(throttled.until()).isBetween(Time.NOON.plus(60, MINUTES), Time.NOON.plus(61, MINUTES));
    }

    @Test
    void a_budget_below_the_usual_is_tried_once_more_and_then_believed_for_a_day() {
        allows(20);
        assertThat(ask(30)).hasMessageContaining("; it answered 20 requests in the last hour;");

        anHourLater();
        assertThat(ask(30)).hasMessageContaining("; it allows about 20 requests an hour;");
        assertThat(refusals).hasValue(1);

        for (int hours = 2; hours < 24; hours++) {
            anHourLater();
            assertThat(ask(30)).isNotNull();
            assertThat(refusals).hasValue(0);
        }
        anHourLater();
        anHourLater();
        ask(30);
        assertThat(refusals).hasValue(1);
    }

    @Test
    void what_is_left_of_a_known_budget_is_told() {
        allows(1_000);
        assertThat(client.quotaLeft(peer)).isEmpty();
        assertThat(ask(1_100)).isNotNull();
        assertThat(client.quotaLeft(peer)).hasValue(0);

        anHourLater();
        assertThat(client.quotaLeft(peer)).hasValue(1_000);
        assertThat(ask(10)).isNull();
        assertThat(client.quotaLeft(peer)).hasValue(990);
    }

    @Test
    void what_another_program_asked_before_does_not_make_the_budget_small_for_long() {
        allows(7);
        assertThat(ask(30)).isNotNull();

        allows(50);
        anHourLater();

        assertThat(ask(40)).isNull();
        assertThat(refusals).hasValue(0);
    }

    @Test
    void a_budget_that_another_program_shares_is_smaller_for_an_hour() {
        allows(1_000);
        assertThat(ask(1_100)).isNotNull();
        assertThat(timeFor(2_000)).isGreaterThan(Duration.ofHours(1));

        anHourLater();
        allows(300);
        assertThat(ask(1_100)).hasMessageContaining("; it answered 300 requests in the last hour;");

        anHourLater();
        allows(1_000);
        assertThat(ask(900)).isNull();
        assertThat(refusals).hasValue(0);
    }

    @Test
    void a_budget_that_another_program_used_up_is_left_alone_for_an_hour() {
        allows(1_000);
        assertThat(ask(1_100)).isNotNull();

        anHourLater();
        site.mend();
        site.always("/", right -> {
            refusals.incrementAndGet();
            return SiteAnswer.empty(429);
        });
        PeerThrottledException throttled = ask(1);

        assertThat(refusals).hasValue(3);
        assertThat(throttled.until()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(throttled).hasMessageContaining("(429); it allows about 1,000 requests an hour; requests");
    }

    @Test
    void a_run_that_may_wait_long_waits_for_the_budget_itself() {
        allows(30);
        try (HttpPeerClient patient = client(Duration.ofHours(2));
                PeerSession session = patient.open(peer)) {
            assertThat(fetch(session, Collections.nCopies(100, ITEM))).hasSize(100);
        }

        assertThat(refusals).hasValueBetween(4, 7);
        assertThat(time.instant()).isBetween(Time.NOON.plus(180, MINUTES), Time.NOON.plus(181, MINUTES));
    }

    @Test
    void an_hour_that_is_full_again_and_again_is_noticed_though_short_pauses_help() {
        allows(400);
        try (HttpPeerClient patient = client(Duration.ofMinutes(1));
                PeerSession session = patient.open(peer)) {
            // Spreads the requests over the hour, so that some of them leave the quota during each pause.
            for (int i = 0; i < 400; i++) {
                fetch(session, List.of(ITEM));
                time.sleep(Duration.ofSeconds(9).minusMillis(10));
            }
            fetch(session, Collections.nCopies(500, ITEM));
        }

        assertThat(time.instant()).isBetween(Time.NOON.plus(134, MINUTES), Time.NOON.plus(136, MINUTES));
        assertThat(refusals).hasValueBetween(2, 16);
    }

    @Test
    void each_account_at_each_peer_has_its_own_pace() {
        RequestPacers paces = new RequestPacers(PeerFailuresTest.SETTINGS);
        Peer known = FakePeer.peer("https://a.example");
        RequestPacer pace = paces.of(known);

        assertThat(paces.of(FakePeer.peer("https://a.example/"))).isSameAs(pace);
        assertThat(paces.of(FakePeer.peer("https://b.example"))).isNotSameAs(pace);
        assertThat(paces.of(known.withName("A").withCredentials("you", known.apiKey())))
                .isNotSameAs(pace);
        IntStream.range(0, 499).forEach(i -> {
            paces.of(FakePeer.peer("https://" + i + ".example"));
            assertThat(paces.of(known)).isSameAs(pace);
        });
        IntStream.range(0, 500).forEach(i -> paces.of(FakePeer.peer("https://more" + i + ".example")));
        assertThat(paces.of(known)).isNotSameAs(pace);
    }

    private void allows(int questions) {
        site.withoutRetryAfter().throttle(questions);
    }

    /** Sends requests in a session of its own, and returns the exception that ended it early, or null. */
    private @Nullable PeerThrottledException ask(int questions) {
        try (PeerSession session = client.open(peer)) {
            return catchThrowableOfType(
                    PeerThrottledException.class, () -> fetch(session, Collections.nCopies(questions, ITEM)));
        }
    }

    private Duration timeFor(int questions) {
        try (PeerSession session = client.open(peer)) {
            return session.timeFor(questions).orElseThrow();
        }
    }

    private void anHourLater() {
        refusals.set(0);
        time.sleep(Duration.ofSeconds(3_605));
    }

    private void goOnTo(Instant then) {
        time.sleep(Duration.between(time.instant(), then));
    }
}

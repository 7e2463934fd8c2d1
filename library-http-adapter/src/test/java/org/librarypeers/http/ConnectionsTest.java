package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.ChangePage.Item;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;

/** Tests of the number of concurrent requests. The peer answers each request when the test says so, oldest first. */
@Timeout(60)
class ConnectionsTest {

    private static final int QUESTIONS = 100;
    private static final Answer GOOD = Answer.json(AskingAPeer.RESOURCE);

    private final BlockingQueue<CompletableFuture<Answer>> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger most = new AtomicInteger();
    private final Time time = new Time();
    private final FakePeer peer = new FakePeer().otherwise(request -> (exchange, server) -> {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.add(answer);
        most.accumulateAndGet(waiting.size(), Math::max);
        answer.join().to(exchange, server);
    });
    private final HttpPeerClient client = HttpPeerClient.builder()
            .clock(time)
            .sleeper(time)
            .backoff(Duration.ofMillis(1))
            .detailConnections(8)
            .build();
    private final PeerSession session = client.open(peer.peer());
    private final ExecutorService run = Executors.newSingleThreadExecutor();
    private Future<List<Fetched>> fetched;

    @BeforeEach
    void ask() throws InterruptedException {
        fetched = run.submit(() -> fetch(
                session,
                IntStream.range(0, QUESTIONS)
                        .mapToObj(i -> new Item("" + i, null, "v", null))
                        .toList()));
        awaitOnTheirWay(8);
    }

    @AfterEach
    void close() {
        run.shutdownNow();
        session.close();
        client.close();
        peer.close();
    }

    @Test
    void trouble_halves_the_connections_and_good_answers_bring_them_back_one_by_one() throws Exception {
        most.set(0);
        answer(8, Answer.status(503));
        awaitOnTheirWay(4);
        assertThat(most).hasValue(4);

        most.set(0);
        answer(2, Answer.cutOff(AskingAPeer.RESOURCE));
        answer(2, Answer.status(502));
        awaitOnTheirWay(2);
        assertThat(most).hasValue(2);

        answer(19, GOOD);
        awaitOnTheirWay(2);
        assertThat(most).hasValue(2);
        answer(1, GOOD);
        awaitOnTheirWay(3);
        answer(20, GOOD);
        awaitOnTheirWay(4);
        assertThat(most).hasValue(4);

        assertThat(rest())
                .hasSize(QUESTIONS)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Fetched.Body.class));
        assertThat(session.requests()).isEqualTo(QUESTIONS + 12).isEqualTo(peer.requests.size());
    }

    @Test
    void after_a_refusal_one_question_finds_out_whether_the_peer_answers_again() throws Exception {
        answer(8, Answer.status(429));
        most.set(0);
        answer(1, Answer.status(429));
        awaitOnTheirWay(1);
        assertThat(most).hasValue(1);

        answer(1, GOOD);
        awaitOnTheirWay(2);
        assertThat(rest()).hasSize(QUESTIONS);
        assertThat(time.waits.subList(0, 2)).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(session.requests()).isEqualTo(QUESTIONS + 9).isEqualTo(peer.requests.size());
    }

    private void awaitOnTheirWay(int count) {
        await(count + " requests are on their way", () -> waiting.size() == count);
    }

    private void answer(int count, Answer answer) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Answer> oldest = waiting.poll(20, TimeUnit.SECONDS);
            assertThat(oldest).as("a question").isNotNull();
            oldest.complete(answer);
        }
    }

    /** Answers all remaining requests, and returns the results. */
    private List<Fetched> rest() throws InterruptedException, ExecutionException {
        while (!fetched.isDone()) {
            CompletableFuture<Answer> oldest = waiting.poll(10, TimeUnit.MILLISECONDS);
            if (oldest != null) {
                oldest.complete(GOOD);
            }
        }
        return fetched.get();
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the number of requests that a gate lets through at the same time. */
@Timeout(20)
class ConcurrentRequestsTest {

    private final PacedRequests requests = new PacedRequests();
    private final RequestPacer pacer = requests.pacer;
    private final Time time = requests.time;

    /** A request that is in progress until a test ends it. */
    private static final class Held {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicBoolean isSent = new AtomicBoolean();
        private final Thread thread;

        Held(RequestPacer pacer) {
            thread = new Thread(() -> {
                try {
                    pacer.call(() -> {
                        isSent.set(true);
                        begun.countDown();
                        end.await();
                        return "answer";
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        /** Returns whether the request is sent, as opposed to waiting until others have ended. */
        boolean isSent() {
            while (!isSent.get() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return isSent.get();
        }

        void awaitSent() throws InterruptedException {
            begun.await();
        }

        void end() throws InterruptedException {
            end.countDown();
            thread.join();
        }
    }

    private static List<Held> held(RequestPacer pacer, int requests) {
        List<Held> all = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Held held = new Held(pacer);
            // Each thread comes to rest before the next one starts, so that none waits for the lock of the gate.
            held.isSent();
            all.add(held);
        }
        return all;
    }

    private static int sent(List<Held> all) {
        return (int) all.stream().filter(Held::isSent).count();
    }

    private static void end(List<Held> all) throws InterruptedException {
        for (Held each : all) {
            each.end.countDown();
        }
        for (Held each : all) {
            each.end();
        }
    }

    private static int concurrent(PacedRequests requests) throws InterruptedException {
        List<Held> all = held(requests.pacer, 6);
        int sent = sent(all);
        end(all);
        return sent;
    }

    @Test
    void concurrent_requests_are_limited_and_each_end_lets_another_one_begin() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 4, 1);
        List<Held> first = held(many.pacer, 4);
        assertThat(sent(first)).isEqualTo(4);
        Held fifth = new Held(many.pacer);
        assertThat(fifth.isSent()).isFalse();

        first.get(0).end();
        fifth.awaitSent();

        end(first);
        fifth.end();
    }

    @Test
    void trouble_halves_the_number_of_concurrent_requests_and_answers_raise_it() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 4, 1);
        assertThat(concurrent(many)).isEqualTo(4);

        many.failing(new IOException("lost")).failure(IOException.class);
        assertThat(concurrent(many)).isEqualTo(2);

        many.failing(new AnswerException.Status(503, null)).failure(AnswerException.Status.class);
        many.failing(new AnswerException.Status(502, null)).failure(AnswerException.Status.class);
        many.send(13);
        assertThat(concurrent(many)).isEqualTo(1);
        many.send(1);
        assertThat(concurrent(many)).isEqualTo(2);

        many.send(100);
        assertThat(concurrent(many)).isEqualTo(4);
    }

    @Test
    void requests_that_fail_together_count_as_one_trouble() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 4, 1);
        assertThatThrownBy(() -> many.pacer.call(() -> {
                    many.failing(new IOException("lost")).failure(IOException.class);
                    throw new IOException("lost, too");
                }))
                .hasMessage("lost, too");

        assertThat(concurrent(many)).isEqualTo(2);
    }

    @Test
    void answers_to_requests_that_began_before_the_trouble_are_no_recovery() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 4, 1);
        List<Held> before = held(many.pacer, 3);
        assertThat(sent(before)).isEqualTo(3);
        many.failing(new IOException("lost")).failure(IOException.class);
        end(before);

        many.send(17);
        assertThat(concurrent(many)).isEqualTo(2);
    }

    @Test
    void after_a_pause_a_single_request_is_tried() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 8, 1);
        many.throttlingFor(30).failing(new IOException("lost"));
        many.failure(IOException.class);

        assertThat(concurrent(many)).isEqualTo(1);
    }

    @Test
    void a_new_session_allows_all_connections() throws Exception {
        PacedRequests many = new PacedRequests(Duration.ofMinutes(1), 4, 1);
        many.throttling(1).failing(new IOException("lost"));
        many.failure(IOException.class);
        many.time.advance(Duration.ofMinutes(1));

        many.pacer.open();

        assertThat(concurrent(many)).isEqualTo(4);
    }
}

package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import io.javalin.Javalin;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of live updates on real connections. One thread serves many, and a slow one does not delay the others. */
@Timeout(60)
class LiveUpdatesTest {

    private static final int MOST = 5;

    private final AtomicInteger stand = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final LiveUpdates liveUpdates = new LiveUpdates(MOST, Duration.ofMillis(2));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private volatile Supplier<LiveUpdates.Update> state =
            () -> new LiveUpdates.Update("at " + stand.get(), stand.get() >= 100);
    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.sse(
                        "/events",
                        client -> liveUpdates.subscribe(
                                client, Duration.ofMinutes(1), () -> state.get(), left::incrementAndGet));
            })
            .start("127.0.0.1", 0);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        liveUpdates.close();
        server.stop();
    }

    private EventReader watch() throws Exception {
        EventReader reader = new PageClient("http://127.0.0.1:" + server.port()).events("/events");
        opened.add(reader);
        return reader;
    }

    @Test
    void each_update_is_sent_once_to_every_subscriber_until_the_end() throws Exception {
        EventReader one = watch();
        EventReader two = watch();
        assertThat(one.next("news")).isEqualTo("at 0\n");
        assertThat(two.next("news")).isEqualTo("at 0\n");

        stand.set(1);
        assertThat(one.next("news")).isEqualTo("at 1\n");
        assertThat(two.next("news")).isEqualTo("at 1\n");
        stand.set(100);
        assertThat(one.next("news")).isEqualTo("at 100\n");
        assertThat(one.next("end")).isEqualTo("end\n");

        assertThat(one.isOver()).isTrue();
        assertThat(two.last("news", "end")).isEqualTo("at 100\n");
        await("no subscriber is left", () -> liveUpdates.count() == 0);
        assertThat(left).hasValue(2);
    }

    @Test
    void a_subscriber_that_does_not_read_delays_nobody() throws Exception {
        String much = "x".repeat(60_000);
        AtomicInteger polls = new AtomicInteger();
        state = () -> new LiveUpdates.Update(polls.incrementAndGet() + much, stand.get() >= 100);
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(1_000);
            slow.connect(new InetSocketAddress("127.0.0.1", server.port()));
            slow.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            await("the buffers of the slow subscriber are full", () -> {
                int before = polls.get();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                return before > 0 && polls.get() == before;
            });

            EventReader fast = watch();
            for (int i = 0; i < 20; i++) {
                assertThat(fast.next("news")).endsWith(much + "\n");
            }
            stand.set(100);
            assertThat(fast.last("news", "end")).endsWith(much + "\n");
        }
    }

    @Test
    void a_disconnected_subscriber_is_removed() throws Exception {
        EventReader reader = watch();
        reader.next("news");

        reader.close();
        await("the subscriber is removed", () -> {
            stand.incrementAndGet();
            stand.compareAndSet(99, 0);
            return liveUpdates.count() == 0;
        });

        assertThat(left).hasValue(1);
    }

    @Test
    void subscribers_beyond_the_maximum_are_told_to_reconnect_later() throws Exception {
        for (int i = 0; i < MOST; i++) {
            watch().next("news");
        }

        EventReader tooMany = watch();

        assertThat(tooMany.status()).isEqualTo(200);
        assertThat(tooMany.isOver()).isTrue();
        assertThat(liveUpdates.count()).isEqualTo(MOST);
    }

    @Test
    void a_failing_update_disconnects_only_its_subscriber() throws Exception {
        EventReader subscriber = watch();
        subscriber.next("news");
        Supplier<LiveUpdates.Update> before = state;
        AtomicInteger polls = new AtomicInteger();
        state = () -> {
            if (polls.getAndIncrement() == 0) {
                throw new IllegalStateException("the database is away");
            }
            return before.get();
        };
        await("the subscriber is disconnected", () -> liveUpdates.count() == 0);
        assertThat(subscriber.isOver()).isTrue();

        EventReader next = watch();
        assertThat(next.next("news")).isEqualTo("at 0\n");
    }

    @Test
    void closing_disconnects_all_subscribers_and_rejects_new_ones() throws Exception {
        EventReader reader = watch();
        reader.next("news");

        liveUpdates.close();

        assertThat(reader.isOver()).isTrue();
        assertThat(watch().isOver()).isTrue();
        await("no subscriber is left", () -> liveUpdates.count() == 0);
    }
}

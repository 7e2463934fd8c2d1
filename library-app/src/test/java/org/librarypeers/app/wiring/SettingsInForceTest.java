package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.library.LibraryStorage;

@Timeout(120)
class SettingsInForceTest {

    private static final int POOL = 4;

    @Test
    void the_pool_has_no_more_connections_than_set() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * POOL);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        try (RunningLibrary running =
                RunningLibrary.start(settings -> settings.with(Settings.DB_POOL_SIZE, String.valueOf(POOL)))) {
            LibraryStorage storage = running.library().storage();
            for (int i = 0; i < 2 * POOL; i++) {
                threads.execute(() -> storage.inTransaction(() -> {
                    storage.events().forget("nothing");
                    inside.incrementAndGet();
                    return awaited(end);
                }));
            }
            Await.await("the pool is exhausted", () -> inside.get() == POOL);

            assertThat(running.texts("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and application_name like 'library-node-%'"))
                    .containsExactly(String.valueOf(POOL));
            end.countDown();
            Await.await("the others had their turn", () -> inside.get() == 2 * POOL);
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    private static boolean awaited(CountDownLatch end) {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void scheduled_syncs_start_in_the_windows() {
        ZoneId zone = ZoneId.of("Asia/Kathmandu");
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm").withZone(zone);
        Instant now = Instant.now();
        String window = time.format(now.plus(Duration.ofHours(3))) + "-" + time.format(now.plus(Duration.ofHours(5)));
        try (RunningLibrary running = RunningLibrary.start(
                settings -> settings.with(Settings.SYNC_WINDOWS, window).with(Settings.SYNC_TIME_ZONE, zone.getId()))) {
            Peer peer = running.addPeer(running).withSyncsAutomatically(true);
            running.library().storage().peers().save(peer);

            running.library().schedule().start();

            Await.await(
                    "the peer is on the schedule",
                    () -> running.library().schedule().next().containsKey(peer.id()));
            assertThat(running.library().schedule().next().get(peer.id()))
                    .isBetween(now.plus(Duration.ofMinutes(178)), now.plus(Duration.ofMinutes(184)));
        }
    }
}

package org.librarypeers.app.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.storage.StorageException;

@Timeout(20)
class BackgroundJobTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LATE = Duration.ofDays(1);

    @Test
    void the_work_is_repeated_after_the_pause_that_it_returns() throws InterruptedException {
        CountDownLatch repetitions = new CountDownLatch(3);
        try (BackgroundJob job = new BackgroundJob("repeated")) {
            job.start(Duration.ZERO, LATE, () -> {
                repetitions.countDown();
                return SOON;
            });
            repetitions.await();
        }
    }

    @Test
    void failed_work_is_done_again() throws InterruptedException {
        CountDownLatch repetitions = new CountDownLatch(3);
        try (BackgroundJob job = new BackgroundJob("failing")) {
            job.start(Duration.ZERO, SOON, () -> {
                repetitions.countDown();
                if (repetitions.getCount() == 2) {
                    throw new StorageException("the database is away", null);
                }
                throw new IllegalStateException("broken");
            });
            repetitions.await();
        }
    }

    @Test
    void closing_does_not_wait_for_the_next_repetition() {
        long start = System.nanoTime();
        BackgroundJob job = new BackgroundJob("waiting");
        job.start(LATE, LATE, () -> LATE);
        job.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(job.closed()).isTrue();
    }

    @Test
    void closing_waits_for_the_current_work() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        BackgroundJob job = new BackgroundJob("busy");
        job.start(Duration.ZERO, LATE, () -> {
            begun.countDown();
            while (!job.closed()) {
                Thread.onSpinWait();
            }
            done.incrementAndGet();
            return SOON;
        });
        begun.await();
        job.close();

        assertThat(done).hasValue(1);
    }

    @Test
    void an_interrupt_ends_work_that_waits() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        BackgroundJob job = new BackgroundJob("stuck");
        job.start(Duration.ZERO, LATE, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return SOON;
        });
        begun.await();
        job.interrupt();

        assertThat(interrupted.getCount()).isZero();
        job.start(Duration.ZERO, LATE, () -> {
            throw new AssertionError("a closed job was started");
        });
    }
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.contract.Samples;

/** Tests that feed positions follow the order of commits, even if a commit is slow. */
@Timeout(60)
class ChangeFeedTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final JpaStorage STORAGE = DATABASE.storage().build();

    /**
     * Makes the commit of a resource whose slug begins with "slow" wait while another session holds advisory lock 1.
     */
    @BeforeAll
    static void slowCommits() {
        STORAGE.migrate();
        DATABASE.execute("""
                create function stop() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock(1);
                    return null;
                end $$;
                create constraint trigger slow_commit after update of feed_position on resource
                    deferrable initially deferred for each row when (new.slug like 'slow%') execute function stop()""");
    }

    @AfterAll
    static void close() {
        STORAGE.close();
        DATABASE.pool().close();
    }

    @BeforeEach
    void beginEmpty() {
        DATABASE.empty();
    }

    @Test
    void nobody_sees_a_position_while_a_lower_one_is_being_committed() throws Exception {
        Resource slow = Samples.local("slow").approve(Samples.NOON);
        Resource quick = Samples.local("quick").approve(Samples.NOON);
        Thread slowWriter = new Thread(() -> STORAGE.resources().save(slow));
        Thread quickWriter = new Thread(() -> STORAGE.resources().save(quick));

        List<CatalogueEntry> seen;
        try (Connection blocker = DATABASE.pool().getConnection();
                Statement lock = blocker.createStatement()) {
            lock.execute("select pg_advisory_lock(1)");
            slowWriter.start();
            untilWaiting(1);
            quickWriter.start();
            untilWaiting(2);
            seen = STORAGE.catalogue().changes(0, 10);
            lock.execute("select pg_advisory_unlock(1)");
        }
        slowWriter.join();
        quickWriter.join();

        // The slow commit had a feed position but was not visible yet. No later position may have been visible either.
        assertThat(seen).isEmpty();
        assertThat(STORAGE.catalogue().changes(0, 10))
                .extracting(entry -> entry.resource().guid())
                .containsExactly(slow.guid(), quick.guid());
    }

    @Test
    void nobody_sees_a_deletion_while_a_lower_position_is_being_committed() throws Exception {
        Resource slow = Samples.local("slow").approve(Samples.NOON);
        STORAGE.resources().save(Samples.local("deleted").approve(Samples.NOON));
        Resource deleted = STORAGE.catalogue().changes(0, 1).get(0).resource();
        long position = STORAGE.catalogue().feed(0, 10).position();
        Thread slowWriter = new Thread(() -> STORAGE.resources().save(slow));
        Thread deletingWriter = new Thread(() -> STORAGE.resources().save(deleted.archive(Samples.NOON)));

        FeedPage seen;
        try (Connection blocker = DATABASE.pool().getConnection();
                Statement lock = blocker.createStatement()) {
            lock.execute("select pg_advisory_lock(1)");
            slowWriter.start();
            untilWaiting(1);
            deletingWriter.start();
            untilWaiting(2);
            seen = STORAGE.catalogue().feed(position, 10);
            lock.execute("select pg_advisory_unlock(1)");
        }
        slowWriter.join();
        deletingWriter.join();

        assertThat(seen).isEqualTo(new FeedPage(List.of(), List.of(), position, true));
        FeedPage page = STORAGE.catalogue().feed(position, 10);
        assertThat(page.changes()).hasSize(1);
        assertThat(page.deletions()).hasSize(1);
        assertThat(page.deletions().get(0).position())
                .isGreaterThan(page.changes().get(0).position());
    }

    @Test
    void a_long_transaction_does_not_keep_others_from_committing() {
        Resource slow = Samples.local("long").approve(Samples.NOON);
        Resource quick = Samples.local("short").approve(Samples.NOON);

        STORAGE.inTransaction(() -> {
            STORAGE.resources().save(slow);
            inAnotherThread(() -> STORAGE.resources().save(quick));
            assertThat(guids(0)).containsExactlyInAnyOrder(slow.guid(), quick.guid());
        });

        assertThat(guids(0)).containsExactly(quick.guid(), slow.guid());
    }

    @Test
    void what_is_saved_twice_in_a_transaction_has_one_position() {
        Resource resource = Samples.local("twice");

        STORAGE.inTransaction(() -> {
            STORAGE.resources().save(resource);
            Resource read = STORAGE.resources().find(resource.guid()).orElseThrow();
            STORAGE.resources().save(read.approve(Samples.NOON));
        });

        List<CatalogueEntry> changes = STORAGE.catalogue().changes(0, 10);
        assertThat(changes).hasSize(1);
        assertThat(STORAGE.catalogue().changes(changes.get(0).position(), 10)).isEmpty();
    }

    @Test
    void the_time_waits_for_a_commit_whose_datestamp_could_be_earlier() throws Exception {
        Resource slow = Samples.local("slow").approve(Samples.NOON);
        Thread slowWriter = new Thread(() -> STORAGE.resources().save(slow));
        List<DatedEntry> seen = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        Thread harvester = new Thread(() -> {
            times.add(STORAGE.datedFeed().now());
            seen.addAll(STORAGE.datedFeed().entries(DatedQuery.ALL, 10));
        });

        try (Connection blocker = DATABASE.pool().getConnection();
                Statement lock = blocker.createStatement()) {
            lock.execute("select pg_advisory_lock(1)");
            slowWriter.start();
            untilWaiting(1);
            harvester.start();
            untilWaiting(2);
            lock.execute("select pg_advisory_unlock(1)");
        }
        slowWriter.join();
        harvester.join();

        assertThat(seen).singleElement().satisfies(entry -> {
            assertThat(entry.guid()).isEqualTo(slow.guid());
            assertThat(entry.datestamp()).isBeforeOrEqualTo(times.get(0));
        });
    }

    @Test
    void datestamps_divide_the_feed_into_seconds_and_never_decrease() {
        Resource before = Samples.local("before").approve(Samples.NOON);
        Resource after = Samples.local("after").approve(Samples.NOON);
        STORAGE.resources().save(before);
        DATABASE.execute("update feed_time set at = at - interval '1 hour'");
        Instant second = STORAGE.datedFeed().now();
        STORAGE.resources().save(after);

        assertThat(dated(second, null)).containsExactly(after.guid());
        assertThat(dated(null, second.minusSeconds(1))).containsExactly(before.guid());
        assertThat(dated(second.minusSeconds(4_000), second.minusSeconds(1))).containsExactly(before.guid());
        assertThat(dated(second.minusSeconds(3_000), second.minusSeconds(1))).isEmpty();

        // As if the clock had been an hour ahead until now.
        DATABASE.execute("update feed_time set at = at + interval '1 hour' where at = (select max(at) from feed_time)");
        STORAGE.resources().save(Samples.local("clock set back").approve(Samples.NOON));
        assertThat(STORAGE.datedFeed().entries(DatedQuery.ALL, 10))
                .hasSize(3)
                .isSortedAccordingTo(Comparator.comparing(DatedEntry::datestamp));
        DATABASE.execute("update feed_time set at = at - interval '1 hour' where at > now() + interval '1 minute'");
    }

    private static List<Guid> dated(@Nullable Instant from, @Nullable Instant until) {
        return STORAGE.datedFeed().entries(new DatedQuery(from, until, DatedSet.ALL, 0), 10).stream()
                .map(DatedEntry::guid)
                .toList();
    }

    private static List<Guid> guids(long after) {
        return STORAGE.catalogue().changes(after, 10).stream()
                .map(entry -> entry.resource().guid())
                .toList();
    }

    private static void untilWaiting(int sessions) throws InterruptedException {
        String waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
        while (!DATABASE.texts(waiting).equals(List.of(Integer.toString(sessions)))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void inAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.UndoResult;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;

/** Contract tests of decisions on everything that waited when a reviewer opened the inbox. */
@Timeout(60)
abstract class InboxMarkContract extends WaitingOfferContract<LibraryStorage> {

    private String mark() {
        return storage.reviewQueue().mark().orElseThrow();
    }

    private List<Guid> unchanged(Kind kind, String mark) {
        return storage.reviewQueue().unchangedSince(kind, InboxFilter.ALL, mark, null, 100);
    }

    @Test
    void what_came_or_changed_after_a_mark_is_left_out() {
        Guid seen = saved(sent(peer, "Seen")).guid();
        Guid edited = saved(sent(peer, "Edited later")).guid();
        Guid gone = saved(sent(peer, "Withdrawn later")).guid();
        Guid goneBefore = saved(sent(peer, "Withdrawn before")).guid();
        withdraw(peer, Set.of(goneBefore), Set.of());
        String mark = mark();

        saved(sent(peer, "New"));
        storage.resources().save(found(edited).edit(Samples.titled("Edited"), Samples.AMINA, Instant.EPOCH));
        withdraw(peer, Set.of(gone), Set.of());

        assertThat(unchanged(Kind.PENDING, mark)).isSorted().containsExactlyInAnyOrder(seen, goneBefore);
        assertThat(storage.reviewQueue().countUnchangedSince(Kind.PENDING, InboxFilter.ALL, mark))
                .isEqualTo(2);
        assertThat(unchanged(Kind.WITHDRAWN, mark)).containsExactly(goneBefore);
        assertThat(unchanged(Kind.PENDING, mark())).hasSize(5);
        assertThat(storage.reviewQueue().unchangedSince(Kind.PENDING, InboxFilter.ALL, mark, null, 1))
                .hasSize(1);
    }

    @Test
    void what_another_transaction_had_not_saved_yet_is_left_out() throws Exception {
        CountDownLatch saved = new CountDownLatch(1);
        CountDownLatch marked = new CountDownLatch(1);
        Resource late = sent(peer, "Late");
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<?> other = executor.submit(() -> storage.inTransaction(() -> {
                storage.resources().save(late);
                saved.countDown();
                await(marked);
            }));
            await(saved);
            // A storage that runs one transaction at a time takes the mark after the transaction.
            Future<String> mark = executor.submit(this::mark);
            String taken = null;
            try {
                taken = mark.get(2, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                // It waits for the other transaction.
            }
            marked.countDown();
            other.get(30, TimeUnit.SECONDS);

            assertThat(unchanged(Kind.PENDING, taken == null ? mark.get(30, TimeUnit.SECONDS) : taken))
                    .hasSize(taken == null ? 1 : 0);
            assertThat(unchanged(Kind.PENDING, mark())).containsExactly(late.guid());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1", "5:3:", "0:5:", "3:5:9", "3:9:5,4", "3:9:5,5", "1:2:';", "99999999999999999999"})
    void what_is_no_mark_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> storage.reviewQueue().unchangedSince(Kind.PENDING, InboxFilter.ALL, text + "-", null, 1));
        if (text.contains(":")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> storage.reviewQueue().unchangedSince(Kind.PENDING, InboxFilter.ALL, text, null, 1));
        }
    }

    @Test
    void a_decision_on_a_whole_list_takes_what_was_there_in_batches_and_can_be_undone_as_one() {
        List<Resource> all = IntStream.range(0, 501)
                .mapToObj(number ->
                        Resource.create(Guid.random(), Samples.titled("Number " + number), Samples.AMINA, Samples.NOON))
                .toList();
        storage.resources().save(all);
        ReviewService review = new ReviewService(storage, new SettableClock(Samples.NOON.plusSeconds(60)));
        String mark = review.inboxMark().orElseThrow();
        Guid late = saved(sent(peer, "Number of late ones")).guid();
        UUID action = UUID.randomUUID();
        InboxFilter filter = new InboxFilter(null, null, null, "number");

        ReviewResult result =
                review.decideAll(action, Status.APPROVED, Kind.PENDING, filter, mark, Samples.AMINA, "all good");

        assertThat(result.changed()).isEqualTo(501);
        assertThat(inbox(Kind.PENDING, InboxFilter.ALL)).containsExactly(late);
        assertThat(review.action(action).orElseThrow().decided()).isEqualTo(501);
        assertThat(storage.decisions().about(all.get(0).guid()))
                .extracting(Decision::note)
                .containsExactly("all good");
        assertThat(review.undo(action, Samples.AMINA).undone()).isEqualTo(501);
        assertThat(counts(InboxFilter.ALL)).containsEntry(Kind.PENDING, 502L);
        assertThat(review.action(action).orElseThrow().undone()).isEqualTo(501);
    }

    @Test
    void a_decision_on_a_whole_list_can_be_stopped_between_two_batches_and_continued() {
        storage.resources()
                .save(IntStream.range(0, 501)
                        .mapToObj(number -> Resource.create(
                                Guid.random(), Samples.titled("Number " + number), Samples.AMINA, Samples.NOON))
                        .toList());
        ReviewService review = new ReviewService(storage, new SettableClock(Samples.NOON.plusSeconds(60)));
        String mark = review.inboxMark().orElseThrow();
        UUID action = UUID.randomUUID();
        List<Integer> progress = new ArrayList<>();

        assertThatThrownBy(() -> review.decideAll(
                        action,
                        Status.REJECTED,
                        Kind.PENDING,
                        InboxFilter.ALL,
                        mark,
                        Samples.AMINA,
                        null,
                        soFar -> stop(progress, soFar.changed())))
                .isInstanceOf(CancellationException.class);
        assertThat(review.action(action).orElseThrow().decided()).isEqualTo(500);
        ReviewResult rest = review.decideAll(
                action, Status.REJECTED, Kind.PENDING, InboxFilter.ALL, mark, Samples.AMINA, null, soFar -> {});

        assertThat(rest.changed()).isEqualTo(1);
        assertThat(review.action(action).orElseThrow().decided()).isEqualTo(501);
        assertThatThrownBy(() -> review.undo(action, Samples.AMINA, soFar -> stop(progress, soFar.undone())))
                .isInstanceOf(CancellationException.class);
        assertThat(progress).containsExactly(500, 500);
        assertThat(review.undo(action, Samples.AMINA)).isEqualTo(new UndoResult(1, 500, List.of()));
    }

    private static void stop(List<Integer> progress, int soFar) {
        progress.add(soFar);
        throw new CancellationException("enough");
    }
}

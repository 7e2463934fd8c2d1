package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.notifications.Outbox;
import org.librarypeers.sync.notifications.OutboxCounts;
import org.librarypeers.sync.notifications.OutboxEntry;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.notifications.OutboxMessage.Channel;

/** Contract tests of {@link Outbox}. */
@Timeout(60)
abstract class OutboxContract extends LibraryContract {

    private static final Instant NOW = Samples.NOON;
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private OutboxMessage added(int number) {
        return added(number, Channel.MAIL, "amina@example.org", NOW.plusSeconds(number));
    }

    private OutboxMessage added(int number, Channel channel, @Nullable String recipient, Instant at) {
        OutboxMessage message = new OutboxMessage(
                new UUID(7, number),
                channel,
                recipient,
                "مرحبا 🩺 " + number,
                "<b>\n" + number,
                at,
                NOW.plusSeconds(9_000),
                0);
        storage.outbox().add(message);
        return message;
    }

    private Optional<OutboxMessage> claim(Instant now) {
        return storage.outbox().claim(Channel.MAIL, now, CLAIM);
    }

    @Test
    void messages_are_claimed_once_the_longest_due_first() {
        OutboxMessage second = added(2);
        OutboxMessage first = added(1);
        added(3, Channel.WEBHOOK, null, NOW);

        assertThat(claim(NOW)).isEmpty();
        assertThat(claim(NOW.plusSeconds(60)).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("attempts")
                .isEqualTo(first);
        assertThat(claim(NOW.plusSeconds(60)).orElseThrow().id()).isEqualTo(second.id());
        assertThat(claim(NOW.plusSeconds(60))).isEmpty();
        assertThat(storage.outbox()
                        .claim(Channel.WEBHOOK, NOW, CLAIM)
                        .orElseThrow()
                        .recipient())
                .isNull();
    }

    @Test
    void a_claim_that_is_not_followed_by_a_result_ends_and_the_message_keeps_its_id() {
        OutboxMessage message = added(1);
        Instant claimed = NOW.plusSeconds(60);

        assertThat(claim(claimed).orElseThrow().attempts()).isEqualTo(1);
        assertThat(claim(claimed.plus(CLAIM).minusMillis(1))).isEmpty();
        OutboxMessage again = claim(claimed.plus(CLAIM)).orElseThrow();

        assertThat(again.id()).isEqualTo(message.id());
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void a_sent_message_is_never_claimed_again() {
        OutboxMessage message = added(1);
        claim(NOW.plusSeconds(60));

        storage.outbox().sent(message.id(), NOW.plusSeconds(61));
        storage.outbox().delayed(message.id(), NOW, "too late");
        storage.outbox().failed(message.id(), NOW, "too late");
        storage.outbox().add(message);

        assertThat(claim(NOW.plus(CLAIM).plusSeconds(600))).isEmpty();
        assertThat(storage.outbox().unsent(10)).isEmpty();
    }

    @Test
    void a_delayed_message_is_due_again_at_its_time() {
        OutboxMessage message = added(1);
        claim(NOW.plusSeconds(60));

        storage.outbox().delayed(message.id(), NOW.plusSeconds(90), "the server is down");

        assertThat(storage.outbox().unsent(10))
                .containsExactly(new OutboxEntry(
                        message.id(),
                        Channel.MAIL,
                        "amina@example.org",
                        message.subject(),
                        message.created(),
                        NOW.plusSeconds(90),
                        1,
                        "the server is down"));
        assertThat(claim(NOW.plusSeconds(89))).isEmpty();
        assertThat(claim(NOW.plusSeconds(90)).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void a_failed_message_is_shown_and_not_claimed_again() {
        OutboxMessage message = added(1);
        claim(NOW.plusSeconds(60));

        storage.outbox().failed(message.id(), NOW.plusSeconds(61), "no such address");
        storage.outbox().delayed(message.id(), NOW, "too late");

        assertThat(claim(NOW.plus(CLAIM).plusSeconds(600))).isEmpty();
        assertThat(storage.outbox().unsent(10)).singleElement().satisfies(entry -> {
            assertThat(entry.hasFailed()).isTrue();
            assertThat(entry.error()).isEqualTo("no such address");
        });
    }

    @Test
    void unsent_messages_are_listed_oldest_first_and_counted_by_channel() {
        OutboxMessage second = added(2);
        OutboxMessage first = added(1);
        OutboxMessage failed = added(3);
        storage.outbox().failed(failed.id(), NOW, "no such address");
        storage.outbox().sent(added(4).id(), NOW);

        assertThat(storage.outbox().unsent(10))
                .extracting(OutboxEntry::id)
                .containsExactly(first.id(), second.id(), failed.id());
        assertThat(storage.outbox().unsent(1)).extracting(OutboxEntry::id).containsExactly(first.id());
        assertThat(storage.outbox().counts(NOW))
                .isEqualTo(Map.of(
                        Channel.MAIL, new OutboxCounts(2, 1, first.created()), Channel.WEBHOOK, OutboxCounts.NONE));
    }

    @Test
    void a_message_with_the_same_id_is_added_once() {
        added(1);
        added(1);

        assertThat(storage.outbox().unsent(10)).hasSize(1);
    }

    @Test
    void a_message_whose_transaction_is_rolled_back_does_not_exist() {
        assertThatIllegalStateException()
                .isThrownBy(() -> storage.inTransaction((Runnable) () -> {
                    added(1);
                    assertThat(storage.outbox().unsent(10)).hasSize(1);
                    throw new IllegalStateException();
                }));

        assertThat(storage.outbox().unsent(10)).isEmpty();
    }

    @Test
    void a_message_cannot_be_claimed_within_a_transaction() {
        added(1);

        assertThatIllegalStateException().isThrownBy(() -> storage.inTransaction(() -> claim(NOW.plusSeconds(60))));

        assertThat(claim(NOW.plusSeconds(60))).isPresent();
    }

    @Test
    void each_message_is_claimed_by_one_of_several_processes() throws Exception {
        Set<UUID> claimed = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 30; i++) {
            added(i);
        }

        List<Integer> counts = atOnce(3, () -> {
            int count = 0;
            while (claimed.size() < 30) {
                Optional<OutboxMessage> message = claim(NOW.plusSeconds(60));
                if (message.isPresent()) {
                    assertThat(claimed.add(message.get().id())).isTrue();
                    count++;
                }
            }
            return count;
        });

        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
    }

    @Test
    void messages_that_were_sent_or_failed_long_ago_are_removed_in_batches() {
        for (int i = 1; i <= 3; i++) {
            storage.outbox().sent(added(i).id(), NOW);
        }
        storage.outbox().failed(added(4).id(), NOW, "no such address");
        storage.outbox().sent(added(5).id(), NOW.plusSeconds(1));
        added(6);

        assertThat(storage.outbox().removeOld(NOW, 3)).isZero();
        assertThat(storage.outbox().removeOld(NOW.plusSeconds(1), 3)).isEqualTo(3);
        assertThat(storage.outbox().removeOld(NOW.plusSeconds(1), 3)).isEqualTo(1);
        assertThat(storage.outbox().removeOld(NOW.plusSeconds(1), 3)).isZero();
        assertThat(storage.outbox().unsent(10)).hasSize(1);
    }

    private OutboxMessage expiring(int number, Channel channel, Instant expires) {
        OutboxMessage message = new OutboxMessage(
                new UUID(8, number),
                channel,
                channel == Channel.MAIL ? "amina@example.org" : null,
                "Subject",
                "Body",
                NOW,
                expires,
                0);
        storage.outbox().add(message);
        return message;
    }

    @Test
    void a_message_that_has_expired_counts_as_failed_even_if_nobody_tried_to_send_it() {
        expiring(1, Channel.MAIL, NOW.plusSeconds(5));
        expiring(2, Channel.WEBHOOK, NOW.plusSeconds(6));

        assertThat(storage.outbox().counts(NOW.plusSeconds(5)))
                .isEqualTo(Map.of(
                        Channel.MAIL, new OutboxCounts(0, 1, null), Channel.WEBHOOK, new OutboxCounts(1, 0, NOW)));
    }

    @Test
    void messages_that_expired_long_ago_are_removed_even_if_nobody_tried_to_send_them() {
        expiring(1, Channel.WEBHOOK, NOW.minusSeconds(1));
        expiring(2, Channel.WEBHOOK, NOW);
        OutboxMessage failedLate = expiring(3, Channel.MAIL, NOW.minusSeconds(1));
        storage.outbox().failed(failedLate.id(), NOW, "expired");

        assertThat(storage.outbox().removeOld(NOW, 10)).isEqualTo(1);
        assertThat(storage.outbox().unsent(10))
                .extracting(OutboxEntry::id)
                .containsExactly(new UUID(8, 2), failedLate.id());
    }

    @Test
    void a_mail_has_a_recipient_and_a_webhook_has_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> added(1, Channel.MAIL, null, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> added(1, Channel.WEBHOOK, "amina@example.org", NOW));
    }
}

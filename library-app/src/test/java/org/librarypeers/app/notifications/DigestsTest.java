package org.librarypeers.app.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.notifications.MailServer.Received;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;

/** Tests of digests and of reports about conditions. The clock starts on a Wednesday at five o'clock. */
@Timeout(120)
class DigestsTest {

    private static final UserName REVIEWER = new UserName("juma");
    private static final long GIB = 1_024L * 1_024 * 1_024;

    private MailServer server;
    private NotifiedLibrary library;
    private Peer peer;

    @BeforeEach
    void start() {
        server = MailServer.start();
        library = new NotifiedLibrary(server.settings(), null);
        library.add(REVIEWER, Role.REVIEWER, "juma@example.org", null);
        peer = library.addPeer("Old ORB", "https://orb.example.org");
    }

    @AfterEach
    void stop() {
        library.close();
        server.close();
    }

    private List<String> mails() {
        return server.mails().stream()
                .map(mail -> mail.to() + ": " + mail.subject())
                .toList();
    }

    @Test
    void a_reviewer_gets_what_is_new_once_a_day_at_the_hour() {
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ZERO);
        library.succeed(peer);
        library.succeed(peer);
        library.after(Duration.ofMinutes(90));
        assertThat(mails()).isEmpty();

        library.after(Duration.ofMinutes(30));
        library.after(Duration.ofMinutes(1));
        assertThat(mails()).containsExactly("juma@example.org: [Test library] 2 more resources to review");
        assertThat(server.mails().get(0).body())
                .contains("Old ORB: 2 new, 0 changed, 0 withdrawn.")
                .contains("2 resources are waiting now")
                .contains("https://library.example.org/review");

        library.after(Duration.ofDays(1));
        assertThat(mails()).hasSize(1);

        library.succeed(peer);
        library.after(Duration.ofDays(1));
        assertThat(mails()).hasSize(2).last().asString().endsWith("One more resource to review");
    }

    @Test
    void what_arrives_just_before_a_digest_is_in_the_next_one() {
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ZERO);
        library.clock().set(Instant.parse("2026-03-04T06:58:50Z"));
        library.succeed(peer);
        library.after(Duration.ofSeconds(20));
        assertThat(mails()).isEmpty();

        library.after(Duration.ofDays(1));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void a_weekly_digest_comes_on_monday_and_only_about_the_chosen_peers() {
        Peer other = library.addPeer("Other ORB", "https://other.example.org");
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.WEEKLY, other.id());
        library.after(Duration.ZERO);
        library.succeed(peer);
        library.after(Duration.ofDays(5).plusHours(3));
        assertThat(mails()).isEmpty();

        library.succeed(other);
        library.after(Duration.ofDays(6));
        assertThat(mails()).isEmpty();
        library.after(Duration.ofDays(1));
        assertThat(mails()).containsExactly("juma@example.org: [Test library] One more resource to review");
    }

    @Test
    void several_nodes_write_a_digest_once_and_a_role_that_was_lost_ends_it() {
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ZERO);
        library.storage().resources().save(Samples.local("Made here"));
        library.succeed(peer);
        library.clock().advance(Duration.ofHours(3));
        library.node().report(Optional.empty());
        library.node().report(Optional.empty());
        library.notifications().sendDue();
        assertThat(mails()).hasSize(1);

        library.running().library().accounts().change(REVIEWER, account -> account.withRole(Role.MEMBER));
        library.succeed(peer);
        library.after(Duration.ofDays(1));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void a_choice_that_is_made_again_begins_anew() {
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ZERO);
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.OFF);
        library.succeed(peer);
        library.after(Duration.ofDays(3));
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ofMinutes(5));
        library.after(Duration.ofDays(1));

        assertThat(mails()).isEmpty();
    }

    @Test
    void the_runs_of_a_day_are_summed_up_by_peer() {
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.RUNS, NotificationFrequency.DAILY);
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.PEER_FAILURES, NotificationFrequency.OFF);
        library.after(Duration.ZERO);
        library.succeed(peer);
        library.succeed(peer);
        library.fail(peer, "unreachable");
        library.after(Duration.ofHours(3));

        assertThat(mails()).containsExactly("amina@example.org: [Test library] 3 syncs");
        assertThat(server.mails().get(0).body())
                .contains("Old ORB: 3 syncs, one failed. New: 2. Updated: 0. Withdrawn: 0. Failed: 0.");
        library.after(Duration.ofDays(1));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void accounts_with_one_address_get_a_digest_each() {
        UserName other = new UserName("juma-2");
        library.add(other, Role.REVIEWER, "juma@example.org", null);
        library.choose(REVIEWER, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.choose(other, NotificationKind.REVIEW, NotificationFrequency.DAILY);
        library.after(Duration.ZERO);
        library.succeed(peer);
        library.after(Duration.ofHours(3));

        assertThat(server.mails()).extracting(Received::to).containsExactly("juma@example.org", "juma@example.org");
    }

    @Test
    void the_sum_of_runs_is_right_however_many_runs_other_peers_had() {
        Peer busy = library.addPeer("Busy ORB", "https://busy.example.org");
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.RUNS, NotificationFrequency.DAILY, peer.id());
        library.after(Duration.ZERO);
        library.running()
                .execute("insert into sync_log (id, peer_id, status, added, updated, unchanged, kept_local,"
                        + " kept_other_source, failed, withdrawn, requests, started, finished) select 1000000 + n, "
                        + busy.id()
                        + ", 'succeeded', 0, 0, 0, 0, 0, 0, 0, 1, time, time from generate_series(1, 10000) n,"
                        + " (select timestamptz '" + library.clock().instant() + "' + interval '1 second' as time) t");
        library.succeed(peer);
        library.after(Duration.ofHours(3));

        assertThat(mails()).containsExactly("amina@example.org: [Test library] One sync");
        assertThat(server.mails().get(0).body()).contains("Old ORB: one sync").doesNotContain("Busy ORB");
    }

    @Test
    void a_growing_quarantine_is_reported_at_most_once_a_day() {
        library.choose(NotifiedLibrary.ADMIN, NotificationKind.QUARANTINE, NotificationFrequency.AT_ONCE);
        quarantine(3);
        library.after(Duration.ofMinutes(1));
        quarantine(5);
        library.after(Duration.ofHours(1));
        assertThat(server.mails())
                .singleElement()
                .extracting(Received::body)
                .asString()
                .contains("from 0 to 3 items");

        library.after(Duration.ofDays(1));
        assertThat(server.mails())
                .hasSize(2)
                .last()
                .extracting(Received::body)
                .asString()
                .contains("from 3 to 5 items");

        quarantine(2);
        library.after(Duration.ofDays(1));
        quarantine(4);
        library.after(Duration.ofDays(1));
        assertThat(server.mails())
                .hasSize(3)
                .last()
                .extracting(Received::body)
                .asString()
                .contains("from 2 to 4 items");
    }

    private void quarantine(int items) {
        library.running().execute("delete from quarantined_item");
        library.running()
                .execute("insert into quarantined_item select " + peer.id() + ", n::text, null, 'v',"
                        + " 'unreadable', 'broken', now(), now(), 1 from generate_series(1, " + items + ") n");
    }

    @Test
    void little_disk_space_is_reported_once_a_day_until_there_is_enough() {
        for (double gib : new double[] {2, 0.9, 0.8, 1.1, 0.9}) {
            disk(gib);
        }
        assertThat(mails()).singleElement().asString().contains("Little disk space");
        assertThat(server.mails().get(0).body()).contains("922 MB");

        library.clock().advance(Duration.ofDays(1));
        disk(0.5);
        assertThat(mails()).hasSize(2);

        disk(1.5);
        disk(1.5);
        assertThat(mails()).hasSize(3).last().asString().contains("Enough disk space");
        disk(0.5);
        assertThat(mails()).hasSize(4);
    }

    private void disk(double gib) {
        library.clock().tick();
        library.notifications().report(Optional.of((long) (gib * GIB)));
        library.notifications().sendDue();
    }

    @Test
    void the_next_digest_is_at_the_hour_in_the_time_zone() {
        DigestTimes nairobi = new DigestTimes(7, ZoneId.of("Africa/Nairobi"));
        Instant wednesday = Instant.parse("2026-03-04T05:00:00Z");

        assertThat(nairobi.next(NotificationFrequency.DAILY, wednesday))
                .isEqualTo(Instant.parse("2026-03-05T04:00:00Z"));
        assertThat(nairobi.next(NotificationFrequency.WEEKLY, wednesday))
                .isEqualTo(Instant.parse("2026-03-09T04:00:00Z"));
        DigestTimes utc = new DigestTimes(5, ZoneOffset.UTC);
        assertThat(utc.next(NotificationFrequency.DAILY, wednesday)).isEqualTo(Instant.parse("2026-03-05T05:00:00Z"));
        assertThat(utc.next(NotificationFrequency.DAILY, wednesday.minusSeconds(1)))
                .isEqualTo(wednesday);
        Instant monday = Instant.parse("2026-03-09T05:00:00Z");
        assertThat(utc.next(NotificationFrequency.WEEKLY, monday)).isEqualTo(Instant.parse("2026-03-16T05:00:00Z"));
        assertThat(utc.next(NotificationFrequency.WEEKLY, monday.minusSeconds(1)))
                .isEqualTo(monday);
    }
}

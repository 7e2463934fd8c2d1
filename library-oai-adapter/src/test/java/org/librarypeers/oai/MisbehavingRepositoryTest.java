package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.oai.ScriptedRepository.Answer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;

/** Tests with a repository that breaks the rules, in ten ways. */
@Timeout(60)
class MisbehavingRepositoryTest extends Harvests {

    private PeerException failure() {
        return catchThrowableOfType(PeerException.class, () -> harvest(null));
    }

    private static QuarantineReason reason(Fetched body) {
        return ((Fetched.Unreadable) body).reason();
    }

    @Nested
    class A_broken_page {

        @Test
        void is_requested_again() {
            publish(2);
            repository.next(right -> right);
            repository.next(right -> right.with(text -> text.substring(0, text.length() / 2)));

            Harvest harvest = harvest(null);

            assertThat(harvest.titles()).containsExactly("Record 1", "Record 2");
            assertThat(harvest.requests()).isEqualTo(3);
        }

        @Test
        void ends_the_run_with_the_reason_if_it_stays_broken() {
            publish(2);
            repository.next(right -> right);
            for (int i = 0; i < 3; i++) {
                repository.next(right -> right.with(text -> text.replace("</ListRecords>", "</ListOfRecords>")));
            }

            PeerException failure = failure();

            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
            assertThat(failure).hasMessageContaining("XML").hasMessageContaining("3 attempts");
        }

        @Test
        void ends_the_run_if_it_names_a_document_type_or_an_entity() {
            publish(1);
            repository.always = right -> right.with(text ->
                    text.replace("<OAI-PMH", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n<OAI-PMH"));

            assertThat(failure().reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
        }
    }

    @Nested
    class A_bad_record {

        @Test
        void costs_only_itself() {
            publish(3);
            repository.next(right -> right);
            repository.next(right -> right.with(text -> text.replace("Record 2", "Record & <b>2")));

            Harvest harvest = harvest(null);

            assertThat(harvest.identifiers()).containsExactly(id(1), id(2), id(3));
            assertThat(harvest.titles()).containsExactly("Record 1", "Record 3");
            assertThat(reason(harvest.body(id(2))).kind()).isEqualTo(QuarantineReason.Kind.UNREADABLE);
        }

        @Test
        void keeps_its_guid_and_gets_another_version_when_it_is_corrected() {
            publish(1);
            repository.next(right -> right);
            repository.next(right -> right.with(text -> text.replace("Record 1", "&unknown;")));

            ChangePage.Item bad = harvest(null).items().get(0);
            ChangePage.Item good = harvest(null).items().get(0);

            assertThat(bad.guid()).isEqualTo(good.guid());
            assertThat(bad.version()).isNotEqualTo(good.version());
        }

        @Test
        void without_a_title_is_quarantined_with_the_reason() {
            repository.put(
                    id(1), new DublinCore().add("description", "nothing else").toString());

            assertThat(reason(harvest(null).body(id(1))).kind()).isEqualTo(QuarantineReason.Kind.NO_TITLE);
        }

        @Test
        void without_an_identifier_is_a_row_that_cannot_be_fetched() {
            publish(2);
            repository.always = right -> right.with(text -> text.replace("<identifier>" + id(2) + "</identifier>", ""));

            Harvest harvest = harvest(null);

            assertThat(harvest.titles()).containsExactly("Record 1");
            assertThat(harvest.items().get(1).isUnreadableRow()).isTrue();
        }

        @Test
        void that_is_too_deep_costs_only_itself() {
            publish(2);
            repository.always =
                    right -> right.with(text -> text.replace("Record 2", "<x>".repeat(100) + "</x>".repeat(100)));

            Harvest harvest = harvest(null);

            assertThat(harvest.titles()).containsExactly("Record 1");
            assertThat(reason(harvest.body(id(2))).kind()).isEqualTo(QuarantineReason.Kind.TOO_LARGE);
        }
    }

    @Nested
    class A_wrong_count {

        @Test
        void makes_the_list_doubtful_and_has_it_read_once_more() {
            publish(4);
            repository.statedSize = 7;

            Harvest first = harvest(null);
            Harvest again = harvest(first.cursor());
            Harvest third = harvest(again.cursor());

            assertThat(first.completeness()).isInstanceOf(Completeness.Unknown.class);
            assertThat(first.remarks()).anyMatch(remark -> remark.contains("7") && remark.contains("4"));
            assertThat(again.identifiers()).hasSize(4);
            assertThat(repository.requests.get(repository.requests.size() - 2)).containsKey("from");
            assertThat(third.completeness()).isInstanceOf(Completeness.class);
        }

        @Test
        void that_is_too_low_is_ignored() {
            publish(4);
            repository.statedSize = 1;

            assertThat(harvest(null).completeness()).isEqualTo(new Completeness.Complete());
        }
    }

    @Nested
    class Empty_pages {

        @Test
        void are_skipped() {
            publish(4);
            repository.next(right -> right);
            repository.next(right -> right.with(text -> text.replaceAll("(?s)<record>.*</record>", "")));

            assertThat(harvest(null).titles()).containsExactly("Record 4");
        }

        @Test
        void without_end_stop_the_run() {
            publish(1);
            AtomicInteger number = new AtomicInteger();
            repository.always = right -> right.with(text -> text.replaceAll(
                    "(?s)<(ListRecords|error).*</(ListRecords|error)>",
                    "<ListRecords><resumptionToken>" + number.incrementAndGet() + "</resumptionToken></ListRecords>"));

            PeerException failure = failure();

            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
            assertThat(failure).hasMessageContaining("empty pages");
        }
    }

    @Nested
    class A_token_that_repeats {

        @Test
        void stops_the_run_with_the_reason() {
            publish(9);
            repository.always =
                    right -> right.with(text -> text.replaceAll("(<resumptionToken[^>]*>)[^<]*</", "$10 3</"));

            PeerException failure = failure();

            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
            assertThat(failure).hasMessageContaining("token twice");
            assertThat(repository.requests).hasSizeLessThan(5);
        }

        @Test
        void after_it_expired_loses_nothing() {
            publish(8);
            ChangePage first;
            try (var session = client.open(repository.peer())) {
                first = session.changes(null);
            }
            repository.expireTokens();

            Harvest rest = harvest(first.next());

            assertThat(rest.titles()).hasSize(8);
            assertThat(rest.remarks()).anyMatch(remark -> remark.contains("expired"));
        }

        @Test
        void that_expires_at_once_stops_the_run() {
            publish(8);
            repository.always = right -> {
                repository.expireTokens();
                return right;
            };

            PeerException failure = failure();

            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
            assertThat(failure).hasMessageContaining("resumption tokens");
        }
    }

    @Nested
    class A_throttle {

        @Test
        void is_waited_for_in_seconds() {
            publish(1);
            repository.next(right -> Answer.status(503, "Retry-After", "0"));

            assertThat(harvest(null).titles()).containsExactly("Record 1");
        }

        @Test
        void with_a_date_counts_by_the_clock_of_the_repository() {
            publish(1);
            String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(repository.now.atOffset(ZoneOffset.UTC));
            repository.next(right -> Answer.status(503, "Retry-After", now, "Date", now));

            assertThat(harvest(null).titles()).containsExactly("Record 1");
        }

        @Test
        void that_is_longer_than_a_run_may_take_ends_it() {
            publish(1);
            repository.next(right -> Answer.status(503, "Retry-After", "7200"));

            PeerThrottledException throttled = (PeerThrottledException) failure();

            assertThat(throttled.until())
                    .isBetween(
                            clock.instant().plus(Duration.ofSeconds(7200)),
                            clock.instant().plus(Duration.ofSeconds(7202)));
        }

        @Test
        void without_end_stops_the_run() {
            repository.always = right -> Answer.status(503, "Retry-After", "0");

            assertThat(failure().reason()).isEqualTo(PeerTrouble.UNAVAILABLE);
        }
    }

    @Nested
    class An_internal_error {

        @Test
        void is_retried_and_then_reported() {
            publish(1);
            repository.next(right -> Answer.status(500));
            assertThat(harvest(null).titles()).hasSize(1);

            repository.always = right -> Answer.status(502);
            PeerException failure = failure();
            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("502");
        }
    }

    @Nested
    class A_web_page {

        private final Answer page = new Answer(
                200,
                Map.of("Content-Type", "text/html"),
                "<!DOCTYPE html><html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8));

        @Test
        void instead_of_the_repository_is_named() {
            repository.always = right -> page;

            PeerException failure = failure();

            assertThat(failure.reason()).isEqualTo(PeerTrouble.NOT_A_LIBRARY);
            assertThat(failure.detail()).contains("a web page");
        }

        @Test
        void once_is_passed_over() {
            publish(1);
            repository.next(right -> page);

            assertThat(harvest(null).titles()).hasSize(1);
        }
    }

    @Nested
    class Missing_datestamps {

        @Test
        void are_remarked_and_move_no_cursor() {
            publish(2);
            repository.always = right -> right.with(text -> text.replaceAll("<datestamp>[^<]*</datestamp>", ""));

            Harvest harvest = harvest(null);
            Harvest later = harvest(harvest.cursor());

            assertThat(harvest.titles()).hasSize(2);
            assertThat(harvest.remarks()).anyMatch(remark -> remark.contains("datestamp"));
            assertThat(later.titles()).hasSize(2);
            assertThat(repository.requests.get(repository.requests.size() - 1)).doesNotContainKey("from");
        }

        @Test
        void in_the_future_do_not_hide_later_records() {
            publish(1);
            repository.next(right -> right);
            repository.next(right ->
                    right.with(text -> text.replaceAll("<datestamp>[^<]*<", "<datestamp>2099-01-01T00:00:00Z<")));
            Harvest first = harvest(null);
            repository.put(id(2), DublinCore.titled("Record 2").toString());

            assertThat(harvest(first.cursor()).titles()).contains("Record 2");
        }
    }

    @Nested
    class A_wrong_encoding {

        @Test
        void costs_only_the_records_with_such_bytes() {
            repository.put(id(1), DublinCore.titled("Eau").toString());
            repository.put(id(2), DublinCore.titled("Santé").toString());
            repository.next(right -> right);
            repository.next(
                    right -> new Answer(200, right.headers(), right.text().getBytes(StandardCharsets.ISO_8859_1)));

            Harvest harvest = harvest(null);

            assertThat(harvest.titles()).containsExactly("Eau");
            assertThat(reason(harvest.body(id(2))).kind()).isEqualTo(QuarantineReason.Kind.UNREADABLE);
        }

        @Test
        void that_the_declaration_states_is_read() {
            repository.put(id(1), DublinCore.titled("Santé 2").toString());
            repository.always = right -> new Answer(
                    200,
                    new HashMap<>(right.headers()),
                    right.text().replace("UTF-8", "ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1));

            assertThat(harvest(null).titles()).containsExactly("Santé 2");
        }
    }
}

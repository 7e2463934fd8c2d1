package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.oai.ScriptedRepository.Answer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Tests of harvests from a repository that keeps to the rules. */
@Timeout(60)
class OaiHarvestTest extends Harvests {

    private static final String GUID = "4a1e0000-0000-4000-8000-000000000001";

    private Map<String, String> lastRequest() {
        return repository.requests.get(repository.requests.size() - 1);
    }

    @Test
    void a_record_of_a_library_keeps_its_guid() {
        DublinCore same = DublinCore.titled("Same").add("identifier", "urn:uuid:" + GUID);
        repository.put("oai:library.example.org:" + GUID, same.toString());
        repository.put("oai:hostile.example.org:Ä/1", same.toString());

        List<ChangePage.Item> items = harvest(null).items();

        assertThat(items.get(0).guid()).isEqualTo(Guid.of(GUID));
        assertThat(items.get(1).guid().value().version()).isEqualTo(5);
        assertThat(items.get(1).guid()).isEqualTo(harvest(null).items().get(1).guid());
    }

    @Test
    void a_quiet_repository_costs_two_requests_and_is_not_read_again() {
        publish(7);
        Harvest first = harvest(null);
        repository.advance(Duration.ofDays(3));

        Harvest settled = harvest(first.cursor());
        Harvest quiet = harvest(settled.cursor());

        assertThat(settled.identifiers()).isNotEmpty();
        assertThat(quiet.identifiers()).isEmpty();
        assertThat(quiet.requests()).isEqualTo(2);
        assertThat(quiet.cursor()).isEqualTo(settled.cursor());
    }

    @Test
    void a_record_that_appears_late_with_an_older_datestamp_is_not_missed() {
        publish(2);
        Harvest first = harvest(null);
        repository.now = repository.now.minus(Duration.ofMinutes(30));
        repository.put(id(3), DublinCore.titled("Late").toString());

        assertThat(harvest(first.cursor()).titles()).contains("Late");
    }

    @Test
    void a_change_within_the_same_granule_has_another_version() {
        repository.days = true;
        publish(1);
        Harvest first = harvest(null);
        repository.put(id(1), DublinCore.titled("Changed on the same day").toString());

        Harvest second = harvest(first.cursor());

        assertThat(second.titles()).containsExactly("Changed on the same day");
        assertThat(second.items().get(0).version())
                .isNotEqualTo(first.items().get(0).version());
        assertThat(lastRequest().get("from")).hasSize(10);
    }

    @Test
    void seconds_are_requested_again_as_days_if_the_repository_rejects_them() {
        publish(1);
        Harvest first = harvest(null);
        repository.days = true;
        repository.next(right -> right.with(text -> text.replace("YYYY-MM-DD<", "YYYY-MM-DDThh:mm:ssZ<")));

        assertThat(harvest(first.cursor()).titles()).containsExactly("Record 1");
        assertThat(lastRequest().get("from")).hasSize(10);
    }

    @Test
    void only_the_set_of_the_peer_is_read_and_another_set_is_read_from_its_beginning() {
        repository.putInSet("water", id(1), DublinCore.titled("Water").toString());
        repository.putInSet("air", id(2), DublinCore.titled("Air").toString());
        repository.advance(Duration.ofDays(9));
        Peer water = inSet("water");
        Peer air = inSet("air");
        Harvest first;
        try (PeerSession session = client.open(water)) {
            first = harvest(session, null);
        }
        assertThat(first.titles()).containsExactly("Water");

        try (PeerSession session = client.open(air)) {
            assertThat(harvest(session, first.cursor()).titles()).containsExactly("Air");
        }
        assertThat(lastRequest()).containsEntry("set", "air").doesNotContainKey("from");
    }

    private Peer inSet(String set) {
        return ScriptedRepository.peer(
                new PeerAccess.Oai(repository.url(), set, PeerAccess.Oai.DEFAULT_PREFIX, DublinCoreMapping.DEFAULT));
    }

    @Test
    void a_changed_mapping_is_applied_to_all_records() {
        publish(2);
        repository.advance(Duration.ofDays(9));
        Harvest first = harvest(null);
        Peer mapped = ScriptedRepository.peer(
                new PeerAccess.Oai(repository.url(), null, "oai_dc", DublinCoreMapping.parse("texts-in=fr")));

        try (PeerSession session = client.open(mapped)) {
            Harvest again = harvest(session, first.cursor());
            assertThat(again.identifiers()).hasSize(2);
            assertThat(again.items().get(0).version())
                    .isNotEqualTo(first.items().get(0).version());
        }
    }

    @Test
    void a_format_that_the_repository_lacks_is_named() {
        Peer marc = ScriptedRepository.peer(
                new PeerAccess.Oai(repository.url(), null, "marc21", DublinCoreMapping.DEFAULT));

        try (PeerSession session = client.open(marc)) {
            PeerException failure = catchThrowableOfType(PeerException.class, () -> session.changes(null));
            assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
            assertThat(failure).hasMessageContaining("format");
        }
    }

    @Test
    void single_records_are_fetched_and_absent_ones_are_gone() {
        publish(2);
        try (PeerSession session = client.open(repository.peer())) {
            List<ChangePage.Item> bare = harvest(session, null).items().stream()
                    .map(item -> new ChangePage.Item(item.remoteId(), item.guid(), item.version(), null))
                    .toList();
            repository.deletions = ScriptedRepository.Deletions.NO;
            repository.delete(id(1));

            List<Fetched> answers = fetch(session, bare);

            assertThat(answers.get(0)).isEqualTo(new Fetched.Gone());
            assertThat(((Fetched.Body) answers.get(1)).resource().guid())
                    .isEqualTo(bare.get(1).guid());
        }
    }

    @Test
    void compressed_answers_are_read() {
        publish(1);
        repository.always = right -> {
            Map<String, String> headers = new HashMap<>(right.headers());
            headers.put("Content-Encoding", "gzip");
            return new Answer(200, headers, compressed(right.body()));
        };

        assertThat(harvest(null).titles()).containsExactly("Record 1");
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Test
    void an_answer_that_is_larger_than_allowed_is_not_read() {
        publish(1);
        try (OaiPeerClient small = OaiPeerClient.builder()
                        .backoff(Duration.ofMillis(1))
                        .maxBodyBytes(500)
                        .build();
                PeerSession session = small.open(repository.peer())) {
            assertThatThrownBy(() -> session.changes(null)).hasMessageContaining("more than 500 bytes");
        }
    }

    @Test
    void a_slow_answer_ends_the_run() {
        publish(1);
        CountDownLatch reported = new CountDownLatch(1);
        repository.always = right -> {
            await(reported);
            return right;
        };
        try (OaiPeerClient hasty = OaiPeerClient.builder()
                        .backoff(Duration.ofMillis(1))
                        .requestTimeout(Duration.ofMillis(50))
                        .build();
                PeerSession session = hasty.open(repository.peer())) {
            PeerException failure = catchThrowableOfType(PeerException.class, () -> session.changes(null));
            assertThat(failure.reason()).isEqualTo(PeerTrouble.NO_ANSWER);
        } finally {
            reported.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_redirect_on_the_same_host_is_followed_and_one_to_another_host_is_not() {
        publish(1);
        repository.next(right -> Answer.status(301, "Location", "/oai?verb=Identify"));
        assertThat(harvest(null).titles()).hasSize(1);

        repository.next(right -> Answer.status(302, "Location", "http://elsewhere.example.org/oai?verb=Identify"));
        PeerException moved = catchThrowableOfType(PeerException.class, () -> harvest(null));
        assertThat(moved.reason()).isEqualTo(PeerTrouble.MOVED);
        assertThat(moved.detail()).contains("http://elsewhere.example.org/oai");

        repository.always = right -> Answer.status(302, "Location", "/oai?verb=Identify");
        assertThat(catchThrowableOfType(PeerException.class, () -> harvest(null))
                        .reason())
                .isEqualTo(PeerTrouble.NOT_A_LIBRARY);
    }

    @Test
    void a_repository_that_does_not_exist_is_reported() {
        Peer nobody = ScriptedRepository.peer(new PeerAccess.Oai(URI.create("http://127.0.0.1:9/oai")));

        PeerException failure = catchThrowableOfType(PeerException.class, () -> client.check(nobody));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.NOBODY_LISTENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oai1", "oai1 x - - - 0 false -", "after 7", "oai1 - - - - x false -"})
    void a_cursor_of_something_else_is_the_beginning(String token) {
        publish(2);

        Harvest harvest = harvest(new Cursor(token, null));

        assertThat(harvest.titles()).hasSize(2);
    }
}

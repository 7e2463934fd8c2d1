package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.QuarantineReason.Kind;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.http.wire.Samples;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.ChangePage.Item;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** Tests of the requests that the client sends, and of how it reads the answers. */
class HttpPeerClientTest extends AskingAPeer {

    @Test
    void the_first_question_asks_for_what_changed_with_the_key_in_a_header_only() {
        peer.then(Answer.json(EMPTY));

        session.changes(null);

        FakePeer.Request asked = peer.requests.get(0);
        assertThat(asked.uri())
                .hasToString("/api/v1/resource/?order_by=update_date&status=approved&full=true&limit=500");
        assertThat(asked.header("Authorization")).isEqualTo("ApiKey me@example.org:" + FakePeer.KEY);
        assertThat(asked.header("Accept")).isEqualTo("application/json");
        assertThat(asked.header("Accept-encoding")).isEqualTo("gzip");
        assertThat(asked.header("Accept-language")).isNull();
        assertThat(asked.header("User-agent")).isEqualTo("test library (account me@example.org)");
    }

    @Test
    void each_request_names_a_contact_if_one_is_known() {
        peer.then(Answer.json(EMPTY));

        try (HttpPeerClient known = HttpPeerClient.builder()
                        .userAgent("library/1.2")
                        .contact("https://example.org/ü?(a)")
                        .build();
                PeerSession asked = known.open(peer.peer())) {
            asked.changes(null);
        }

        assertThat(peer.requests.get(0).header("User-agent")).isEqualTo("library/1.2 (+https://example.org/???a?)");
    }

    @Test
    void a_recorded_list_and_detail_are_read() {
        peer.then(Answer.json(Samples.body("07-list-all")), Answer.json(Samples.body("08-detail")));

        ChangePage page = session.changes(null);
        List<Fetched> fetched = fetch(session, List.of(new Item("12", null, "v", null)));

        assertThat(page.total()).isEqualTo(10);
        assertThat(page.items())
                .hasSize(10)
                .allSatisfy(item -> assertThat(item.guid()).isNotNull());
        assertThat(page.items()).extracting(Item::remoteId).contains("3", "12");
        assertThat(page.items()).extracting(Item::version).contains("2014-12-15T14:19:41.549152");
        assertThat(fetched).singleElement().isInstanceOf(Fetched.Body.class);
        assertThat(peer.requests.get(1).uri()).hasToString("/api/v1/resource/12/");
    }

    @Test
    void packed_answers_are_read() {
        peer.then(Answer.gzipped(EMPTY.getBytes(StandardCharsets.UTF_8)));

        assertThat(session.changes(null).last()).isTrue();
    }

    @Test
    void what_is_not_approved_is_left_out_and_what_has_no_id_or_date_is_not_lost() {
        peer.then(Answer.json("""
            {"objects": [{"id": 1, "status": "pending"}, {"id": "2"}, 5, {"resource_uri": "/api/v1/resource/4/"},
                         {"id": "../7", "update_date": "soon"}], "meta": {}}\
            """));

        ChangePage page = session.changes(null);

        assertThat(page.items())
                .hasSize(4)
                .allSatisfy(item -> assertThat(item.version()).isNotBlank());
        assertThat(page.items()).extracting(Item::remoteId).contains("2", "4");
        assertThat(page.items())
                .filteredOn(item -> item.body() != null)
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.body()).isInstanceOf(Fetched.Unreadable.class));
        assertThat(page.total()).isEqualTo(-1);
    }

    @Test
    void a_resource_that_cannot_be_read_spoils_no_other() {
        peer.otherwise(request -> switch (request.uri().getPath().replaceAll("/api/v1/resource/|/", "")) {
            case "" -> Answer.json(EMPTY);
            case "1" -> Answer.json(RESOURCE);
            case "2" -> Answer.json("{\"id\": 2}");
            case "3" -> Answer.json("{\"id\": nonsense");
            case "4" -> Answer.of(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
            case "5" -> Answer.status(500);
            case "6" -> Answer.status(400);
            case "7" -> Answer.json("{\"a\": [" + "{},".repeat(300_000) + "1]}");
            case "8" -> Answer.json("[".repeat(5_000));
            case "9" -> Answer.json(RESOURCE.replace("approved", "archived"));
            case "10" -> Answer.status(410);
            default -> Answer.status(404);
        });

        List<Fetched> fetched = fetch(
                session,
                Stream.concat(IntStream.rangeClosed(1, 11).mapToObj(String::valueOf), Stream.of("../../x"))
                        .map(id -> new Item(id, null, "v", null))
                        .toList());

        assertThat(fetched.get(0)).isInstanceOf(Fetched.Body.class);
        assertThat(fetched.subList(1, 8))
                .extracting(answer -> ((Fetched.Unreadable) answer).reason().kind())
                .containsExactly(
                        Kind.NO_GUID,
                        Kind.UNREADABLE,
                        Kind.UNREADABLE,
                        Kind.NO_ANSWER,
                        Kind.NO_ANSWER,
                        Kind.TOO_LARGE,
                        Kind.UNREADABLE);
        assertThat(fetched.subList(8, 11)).containsOnly(new Fetched.Gone());
        assertThat(((Fetched.Unreadable) fetched.get(11)).reason().kind()).isEqualTo(Kind.NO_ID);
    }

    @Test
    void a_site_that_fails_at_every_resource_is_not_asked_for_all_of_them() {
        peer.otherwise(request -> Answer.status(500));
        List<Item> many = IntStream.range(0, 200)
                .mapToObj(i -> new Item(String.valueOf(i), null, "v", null))
                .toList();

        List<Fetched> answers = new ArrayList<>();

        PeerException failure = failure(() -> session.fetch(many, (item, answer) -> answers.add(answer)));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.UNAVAILABLE);
        assertThat(answers).isEmpty();
        // Each of these is tried three times: one item, the items in progress on the other connections, and the list.
        assertThat(session.requests()).isBetween(6, 15);
    }

    @Test
    void what_other_connections_brought_is_handed_on_though_an_earlier_question_fails() {
        CountDownLatch answered = new CountDownLatch(20);
        peer.otherwise(request -> {
            String path = request.uri().getPath();
            if (path.equals("/api/v1/resource/0/") || path.equals("/api/v1/resource/")) {
                await(answered);
                return Answer.status(502);
            }
            answered.countDown();
            return Answer.json(RESOURCE);
        });
        List<Item> many = IntStream.range(0, 50)
                .mapToObj(i -> new Item(String.valueOf(i), null, "v", null))
                .toList();
        List<Item> answers = new ArrayList<>();

        assertThat(failure(() -> session.fetch(many, (item, answer) -> answers.add(item)))
                        .reason())
                .isEqualTo(PeerTrouble.UNAVAILABLE);

        assertThat(answers).hasSizeGreaterThanOrEqualTo(17).isSubsetOf(many).doesNotContain(many.get(0));
        assertThat(answers).isSortedAccordingTo(Comparator.comparing(many::indexOf));
    }

    @Test
    void at_most_four_resources_are_asked_for_at_once() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        peer.otherwise(request -> (exchange, server) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Answer.json(RESOURCE).to(exchange, server);
            now.decrementAndGet();
        });

        fetch(
                session,
                IntStream.range(0, 100)
                        .mapToObj(i -> new Item("" + i, null, "v", null))
                        .toList());

        assertThat(most.get()).isBetween(1, 4);
        assertThat(session.requests()).isEqualTo(100);
    }

    @Test
    void the_full_feed_brings_bodies_along_and_goes_on_by_position() {
        String complete = RESOURCE.replace("}", ", \"tags\": [], \"urls\": [], \"files\": []}");
        peer.then(
                Answer.json("{\"meta\": {\"next\": \"/api/v1/resource/?full=true&limit=2&after=5\", \"after\": 5},"
                        + " \"objects\": [" + complete + ", {\"id\": 8, \"tags\": [], \"urls\": [], \"files\": []}]}"),
                Answer.json("{\"meta\": {\"next\": null, \"after\": 5}, \"objects\": []}"));

        ChangePage page = session.changes(null);
        ChangePage last = session.changes(page.next());

        assertThat(page.next().token()).isEqualTo("full:5");
        assertThat(fetch(session, page.items()))
                .hasExactlyElementsOfTypes(Fetched.Body.class, Fetched.Unreadable.class);
        assertThat(page.items().get(1).remoteId()).isEqualTo("8");
        assertThat(peer.requests.get(1).uri())
                .hasToString("/api/v1/resource/?full=true&status=approved&limit=500&after=5");
        assertThat(last.last()).isTrue();
        assertThat(last.next().token()).isEqualTo("full:5");
        assertThat(session.requests()).isEqualTo(2);
    }

    private static Answer fullPage(int after) {
        return Answer.json("{\"meta\": {\"next\": \"/api/v1/resource/?full=true&after=" + after + "\", \"after\": "
                + after + "}, \"objects\": [{\"id\": " + after + ", \"tags\": [], \"urls\": [], \"files\": []}]}");
    }

    @Test
    void the_next_page_of_the_full_feed_is_read_while_the_caller_works_on_the_current_one() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        peer.then(fullPage(5), (exchange, server) -> {
            asked.countDown();
            Answer.json("{\"meta\": {\"next\": null, \"after\": 5}, \"objects\": []}")
                    .to(exchange, server);
        });

        ChangePage page = session.changes(null);
        asked.await();

        assertThat(session.changes(page.next()).last()).isTrue();
        assertThat(session.requests()).isEqualTo(2);
    }

    @Test
    void a_failure_to_read_ahead_is_reported_when_the_page_is_wanted() {
        peer.then(fullPage(5), Answer.status(403));

        ChangePage page = session.changes(null);

        assertThat(page.items()).hasSize(1);
        assertThat(failure(() -> session.changes(page.next())).reason()).isEqualTo(PeerTrouble.REFUSED);
    }

    @Test
    void reading_ahead_stops_with_the_session() {
        peer.then(fullPage(5), (exchange, server) -> {
            session.stop();
            Answer.silence().to(exchange, server);
        });

        ChangePage page = session.changes(null);

        assertThat(failure(() -> session.changes(page.next())).reason()).isEqualTo(PeerTrouble.STOPPED);
    }

    @Test
    void what_a_peer_sends_is_kept_in_every_language() {
        String arabic = RESOURCE.replace("}", ", \"title_ar\": \"ماء\", \"image\": \"/a.png\"}");
        String listed = arabic.replace("}", ", \"tags\": [], \"urls\": [], \"files\": []}");
        Item item = new Item("7", null, "v", null);
        peer.then(
                Answer.json("{\"meta\": {\"next\": null}, \"objects\": [" + listed + "]}"),
                Answer.json(arabic),
                Answer.json("{\"meta\": {\"next\": null, \"after\": 5}, \"objects\": [" + listed + "]}"),
                Answer.json(arabic));

        assertThat(languages(session.changes(null).items().get(0).body())).containsExactly("ar", "en");
        assertThat(languages(fetch(session, List.of(item)).get(0))).containsExactly("ar", "en");
        assertThat(peer.requests.get(0).header("Accept-language")).isNull();
        assertThat(languages(session.changes(null).items().get(0).body())).containsExactly("ar", "en");
        assertThat(languages(fetch(session, List.of(item)).get(0))).containsExactly("ar", "en");
    }

    private Set<String> languages(Fetched fetched) {
        ResourceContent content = ((Fetched.Body) fetched).resource().content();
        assertThat(content.image()).isEqualTo(peer.host() + "/a.png");
        return content.title().languages();
    }

    @Test
    void a_full_feed_that_does_not_move_is_given_up() {
        peer.otherwise(request ->
                Answer.json("{\"meta\": {\"next\": \"/api/v1/resource/?after=0\", \"after\": 0}, \"objects\": []}"));

        ChangePage page = session.changes(null);

        assertThat(failure(() -> session.changes(page.next())).reason()).isEqualTo(PeerTrouble.UNREADABLE);
    }

    @Test
    void a_row_of_the_full_feed_that_cannot_be_read_is_passed_and_named_by_its_place() {
        peer.otherwise(UnreadableFeed::answer);

        List<ChangePage.Item> items = new ArrayList<>();
        ChangePage page = session.changes(null);
        items.addAll(page.items());
        while (!page.last()) {
            page = session.changes(page.next());
            items.addAll(page.items());
        }

        assertThat(items).extracting(ChangePage.Item::remoteId).containsExactly("1", "2", "row after 2", "4", "5");
        assertThat(((Fetched.Unreadable) items.get(2).body()).reason().detail())
                .startsWith("row 3 of the answer (after 2) ")
                .contains("line 1")
                .endsWith("; request: /api/v1/resource/?order_by=update_date&status=approved&full=true&limit=500");
        assertThat(page.next()).isEqualTo(new Cursor("full:50", "2020-01-05T00:00:00"));
        assertThat(session.requests()).isOne();
    }

    /** A feed of five rows. The position of each row is ten times its number, and the third row is broken. */
    private static final class UnreadableFeed {

        static Answer answer(FakePeer.Request request) {
            int after = Integer.parseInt(request.parameters().getOrDefault("after", "0"));
            int first = after / 10 + 1;
            int last = Math.min(
                    5, first - 1 + Integer.parseInt(request.parameters().get("limit")));
            String rows = IntStream.rangeClosed(first, last)
                    .mapToObj(UnreadableFeed::row)
                    .collect(Collectors.joining(", "));
            String next = last < 5 ? "\"/api/v1/resource/?after=" + 10 * last + "\"" : "null";
            return Answer.json("{\"meta\": {\"after\": " + 10 * last + ", \"next\": " + next
                    + ", \"total_count\": 5}, \"objects\": [" + rows + "]}");
        }

        private static String row(int number) {
            return "{\"id\": " + number + ", \"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-00000000000" + number
                    + "\", \"title\": " + (number == 3 ? "\"a\"b\"" : "\"t\"")
                    + ", \"update_date\": \"2020-01-0" + number
                    + "T00:00:00\", \"status\": \"approved\", \"tags\": [], \"urls\": [], \"files\": []}";
        }
    }

    @Test
    void a_library_that_lost_its_full_feed_is_read_as_an_orb_site_from_the_beginning() {
        try (ScriptedOrbSite site = new ScriptedOrbSite()) {
            String updated = site.add("one").updated();
            try (PeerSession asking = client.open(site.peer(new PeerId(1)))) {
                ChangePage page = asking.changes(new Cursor("full:77", "2021-01-01T00:00:00"));

                assertThat(page.items()).hasSize(1);
                assertThat(page.next().token()).startsWith("orb:" + updated + "@");
                assertThat(page.next().upTo()).isEqualTo(updated);
            }
        }
    }

    @Test
    void an_orb_site_that_became_one_of_ours_is_read_from_its_beginning() {
        peer.otherwise(request -> Answer.json("{\"meta\": {\"next\": null, \"after\": 1}, \"objects\": ["
                + (request.parameters().containsKey("update_date__gte")
                        ? ""
                        : RESOURCE.replace("}", ", \"tags\": [], \"urls\": [], \"files\": []}"))
                + "]}"));

        ChangePage page = session.changes(new Cursor("orb:2021-01-01T00:00:00", null));

        assertThat(page.items()).hasSize(1);
        assertThat(page.next().token()).isEqualTo("full:1");
    }

    @Test
    void a_session_looks_back_five_minutes_once() {
        peer.otherwise(request -> Answer.json(EMPTY));

        session.changes(new Cursor("orb:2020-01-01T00:02:03.000004+70", null));
        session.changes(new Cursor("orb:2020-01-01T00:02:03.000004~60", null));

        assertThat(peer.requests)
                .extracting(request -> request.parameters().get("update_date__gte"))
                .containsExactly("2019-12-31T23:57:03.000004", "2020-01-01T00:02:03.000004");
    }
}

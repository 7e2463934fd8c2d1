package org.librarypeers.app.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.config.OutgoingSettings;
import org.librarypeers.app.content.ResourceExport;
import org.librarypeers.app.outgoing.GuardedClient;
import org.librarypeers.app.outgoing.OutgoingRoute;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkState;

/** Tests of checking links on a server whose answers the test sets. */
@Timeout(60)
class LinkJobsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final InMemoryStorage storage = new InMemoryStorage();
    private final SettableClock clock = new SettableClock(NOON);
    private final Map<String, Integer> answers = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private LinkJobs jobs;

    @BeforeEach
    void start() throws IOException, NoSuchAlgorithmException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        jobs = new LinkJobs(storage.links(), new LinkProbe(client(), clock), new LinkSettings(true, 1, PAUSE), clock);
    }

    /** Returns a client for which the names of example hosts lead to the server of the test, by way of a proxy. */
    private GuardedClient client() throws NoSuchAlgorithmException {
        OutgoingSettings proxied = new OutgoingSettings(server.getAddress(), null, "", List.of(), List.of());
        return new GuardedClient(
                new OutgoingRoute(proxied),
                SSLContext.getDefault(),
                () -> "test library",
                new GuardedClient.Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() {
        jobs.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + (range == null ? "" : " " + range);
        received.add(line);
        int status = answers.getOrDefault(
                line, answers.getOrDefault(exchange.getRequestURI().toString(), 200));
        if (status >= 300 && status < 400) {
            exchange.getResponseHeaders().set("Location", "http://moved.example/");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private Resource publish(String... addresses) {
        List<Attachment> attachments = new ArrayList<>();
        for (String address : addresses) {
            attachments.add(new Attachment(
                    AttachmentKind.LINK, Guid.random(), LocalizedText.empty(), LocalizedText.empty(), address, 0, 0));
        }
        Guid guid = Guid.random();
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Links"))
                .attachments(attachments)
                .build();
        storage.resources()
                .save(Resource.create(guid, content, UserName.SYSTEM, NOON).approve(NOON));
        jobs.scan();
        return storage.resources().find(guid).orElseThrow();
    }

    private LinkState check(String address) {
        assertThat(jobs.checkNext()).isTrue();
        return storage.links().find(List.of(address)).get(address);
    }

    @Test
    void a_link_that_answers_head_works_and_is_asked_once_a_month() {
        publish("http://one.example/a?b=c");

        LinkState state = check("http://one.example/a?b=c");

        assertThat(state.problem()).isNull();
        assertThat(received).containsExactly("HEAD http://one.example/a?b=c");
        clock.advance(Duration.ofDays(29));
        assertThat(jobs.checkNext()).isFalse();
        clock.advance(Duration.ofDays(5));
        assertThat(jobs.checkNext()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"405", "404", "403", "500"})
    void a_server_that_cannot_answer_head_is_asked_for_the_first_byte(int head) {
        answers.put("HEAD http://one.example/", head);
        answers.put("GET http://one.example/ bytes=0-0", 206);
        publish("http://one.example/");

        assertThat(check("http://one.example/").problem()).isNull();
        assertThat(received).containsExactly("HEAD http://one.example/", "GET http://one.example/ bytes=0-0");
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND",
        "410, NOT_FOUND",
        "500, STATUS",
        "401, REFUSED",
        "403, REFUSED",
        "429, REFUSED",
        "503, REFUSED"
    })
    void an_answer_says_what_is_wrong(int status, LinkProblem problem) {
        answers.put("http://one.example/", status);
        publish("http://one.example/");

        LinkState state = check("http://one.example/");

        assertThat(state.problem()).isEqualTo(problem);
        assertThat(state.detail()).contains(String.valueOf(status));
        assertThat(state.failures()).isEqualTo(problem.isFailure() ? 1 : 0);
    }

    @Test
    void a_link_is_dead_after_failures_over_several_days_and_alive_after_one_success() {
        answers.put("http://one.example/", 404);
        Resource resource = publish("http://one.example/");
        for (int day = 0; day < 3; day++) {
            assertThat(check("http://one.example/").isDead()).as("day " + day).isFalse();
            clock.advance(Duration.ofHours(27));
        }

        assertThat(check("http://one.example/").isDead()).isTrue();

        assertThat(storage.links().dead(Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(exported(resource)).contains("\"dead_since\":\"2026-03-04T21:00:00\"");
        answers.clear();
        clock.advance(Duration.ofDays(8));
        assertThat(check("http://one.example/").isDead()).isFalse();
        assertThat(exported(resource)).doesNotContain("dead_since");
    }

    private String exported(Resource resource) {
        StringWriter out = new StringWriter();
        PrintWriter lines = new PrintWriter(out);
        new ResourceExport(storage.catalogue(), storage.links(), () -> List.of("en"))
                .run(lines, entry -> entry.resource().guid().equals(resource.guid()));
        lines.flush();
        return out.toString();
    }

    @Test
    void many_failures_within_a_short_time_prove_nothing() {
        answers.put("http://one.example/", 404);
        publish("http://one.example/");
        LinkState state = check("http://one.example/");
        for (int i = 0; i < 10; i++) {
            state = state.met(LinkProblem.NOT_FOUND, "", NOON.plus(Duration.ofHours(i)));
        }

        assertThat(state.isDead()).isFalse();
    }

    @Test
    void a_host_that_refuses_programs_is_not_failing() {
        answers.put("http://one.example/", 403);
        publish("http://one.example/");
        check("http://one.example/");
        for (int week = 0; week < 5; week++) {
            clock.advance(Duration.ofDays(9));
            assertThat(check("http://one.example/").isDead()).isFalse();
        }
    }

    @Test
    void redirects_are_followed_and_circles_are_not() {
        answers.put("http://one.example/", 302);
        publish("http://one.example/");
        assertThat(check("http://one.example/").problem()).isNull();
        assertThat(received).containsExactly("HEAD http://one.example/", "HEAD http://moved.example/");

        answers.put("http://moved.example/", 301);
        clock.advance(Duration.ofDays(40));
        assertThat(check("http://one.example/").problem()).isEqualTo(LinkProblem.REDIRECTS);
    }

    @Test
    void two_links_of_one_host_are_not_checked_at_the_same_time() {
        publish("http://one.example/a", "http://one.example/b", "http://two.example/");

        assertThat(jobs.checkNext()).isTrue();
        assertThat(jobs.checkNext()).isTrue();
        assertThat(jobs.checkNext()).isFalse();
        assertThat(received).hasSize(2).anyMatch(line -> line.contains("two.example"));
        clock.advance(PAUSE);
        assertThat(jobs.checkNext()).isTrue();
    }

    @Test
    void addresses_in_private_networks_are_never_requested() {
        publish("http://127.0.0.1:1/", "http://[::1]/", "http://10.0.0.1/x");

        for (String address : List.of("http://127.0.0.1:1/", "http://[::1]/", "http://10.0.0.1/x")) {
            assertThat(jobs.checkNext()).as(address).isTrue();
        }

        assertThat(received).isEmpty();
        assertThat(storage.links().counts().failing()).isZero();
        assertThat(storage.links()
                        .find(List.of("http://10.0.0.1/x"))
                        .get("http://10.0.0.1/x")
                        .problem())
                .isEqualTo(LinkProblem.PRIVATE_ADDRESS);
    }

    @Test
    void checks_that_are_off_send_nothing() throws NoSuchAlgorithmException {
        publish("http://one.example/");
        try (LinkJobs off = new LinkJobs(
                storage.links(), new LinkProbe(client(), clock), new LinkSettings(false, 1, PAUSE), clock)) {
            off.start();
        }

        assertThat(received).isEmpty();
    }
}

package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.app.web.StatementLog;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewedRevision;
import org.librarypeers.sync.contract.Await;

/** Tests of the inbox with 10,000 waiting resources. */
@ResourceLock("what the database server logs")
@TestMethodOrder(MethodOrderer.MethodName.class)
class LongInboxTest {

    private static final int WAITING = 10_000;

    /** The maximum number of statements of a page, as for every page, with one more for a tag, and of its bytes. */
    private static final int MOST_STATEMENTS = 16;

    private static final int MOST_BYTES = 60_000;

    private static final String FILL = """
            insert into category (name, spelling, names) values ('Topic', 'topic', '{}');
            insert into tag (guid, category_id, name, spelling, slug, names, description, summary)
            select gen_random_uuid(), category.id, 'Tag ' || n, 'tag ' || n, 'tag-' || n, '{}', '{}', '{}'
              from category, generate_series(1, 50) n;
            insert into resource (id, guid, slug, status, source_peer, source_name, source_host, source_route, received_fingerprint,
                                  title, description, attribution, study_time, revision_number, latest_revision, received_revision,
                                  author_peer, author_run, revision_at, created, updated, version)
            select n, gen_random_uuid(), 'resource-' || n, 'pending', %2$d + mod(n, 2), 'Maker', 'https://maker.example.org',
                   array[gen_random_uuid()], encode(sha256(n::text::bytea), 'hex'),
                   jsonb_build_object('en', 'Course ' || md5(n::text)),
                   jsonb_build_object('en', '<p>' || repeat('Wash your hands with soap before each meal. ', 20)
                                             || case mod(n, 100) when 0 then 'Cholera' else '' end || '</p>'),
                   '{}', 0, 1, 1, 1, %2$d + mod(n, 2), 1, at, at, at, 1
              from generate_series(1, %1$d) n, cast(timestamptz '2026-01-01' + n * interval '1 second' as timestamptz) at;
            insert into attachment (id, resource_id, guid, kind, position, sort_order, title, description, url, size_bytes)
            select 2 * n + i, n, gen_random_uuid(), 'link', i, i, '{}', '{}', 'https://maker.example.org/' || n || '/' || i, 0
              from generate_series(1, %1$d) n, generate_series(0, 1) i;
            insert into resource_tag (id, resource_id, tag_id, position, created)
            select 3 * n + i, n, first.id + mod(n + i, 50), i, now()
              from generate_series(1, %1$d) n, generate_series(0, 2) i, (select min(id) as id from tag) first;
            analyze
            """;

    private static RunningLibrary here;
    private PageClient client;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start();
        long first = peer("https://one.example.org");
        peer("https://two.example.org");
        here.execute(FILL.formatted(WAITING, first));
    }

    private static long peer(String host) {
        Peer peer = Peer.builder()
                .id(here.library().storage().peers().nextId())
                .name(host)
                .host(PeerHost.of(host))
                .build();
        here.library().storage().peers().save(peer);
        return peer.id().value();
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void signIn() {
        client = new PageClient(here.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
    }

    /** Asserts that the address shows a page of the list, with few statements and bytes. */
    private void assertSmall(StatementLog log, String path, String count) {
        Answer answer = client.get(path);
        assertThat(answer.page().select("[data-entry]")).as(path).hasSize(20);
        assertThat(answer.page().select(".tabs a").first().text()).isEqualTo("New " + count);
        assertThat(answer.response().body().getBytes(StandardCharsets.UTF_8).length)
                .as(path)
                .isLessThan(MOST_BYTES);
        List<String> statements = log.during(() -> client.get(path));
        assertThat(statements.size()).as(path).isLessThanOrEqualTo(MOST_STATEMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "source", "title"})
    void a_page_of_each_order_is_small_at_any_depth(String order) {
        try (StatementLog log = new StatementLog(here)) {
            String list = "/review?sort=" + order;
            assertSmall(log, list, "10,000");
            // The last page of the list is the one before a resource that comes after all others.
            String last = here.texts("select guid from resource order by "
                            + switch (order) {
                                case "source" -> "source_peer desc, id desc";
                                case "title" -> "title ->> 'en' collate \"C\" desc, id desc";
                                default -> "revision_at, id";
                            }
                            + " limit 1")
                    .get(0);
            assertSmall(log, list + "&before=" + last, "10,000");
            Document deep = client.get(list + "&before=" + last).page();
            assertSmall(log, deep.select("[data-entry] h2 a").get(10).attr("href"), "10,000");
            assertSmall(log, list + "&q=cholera+SOAP", "100");
            assertSmall(log, list + "&tag=tag-7", "600");
        }
    }

    @Test
    void the_whole_list_is_decided_on_and_undone_without_a_long_request() throws Exception {
        Document page = client.get("/review").page();
        Document sure = client.submit(page, "form.inbox", "do", "approve", "page", "yes", "list", "yes", "note", "read")
                .page();
        assertThat(sure.select("h1").text()).isEqualTo("Approve all 10,000 in this list");

        // The last batch waits for another transaction, so the work takes longer than its form.
        String progress;
        try (Connection other = locked("(select id from resource)")) {
            progress = client.submit(sure, "main form", "do", "approve").location();
            assertThat(progress).startsWith("/review/actions/");
            awaitText(progress, false, 9_500, "9,500 of 10,000 done");
            Document running = client.get(progress).page();
            assertThat(running.select("progress").attr("max")).isEqualTo("10000");
            assertThat(running.select("noscript meta[http-equiv=refresh]")).hasSize(1);
            assertThat(client.submit(sure, "main form", "do", "approve").location())
                    .as("the form, sent once more")
                    .isEqualTo(progress);
            assertThat(client.get("/review").page().select(".tabs a").first().text())
                    .isEqualTo("New 500");
            other.rollback();
        }
        assertThat(result(progress)).isEqualTo("10,000 resources were approved.");
        assertThat(here.texts("select count(*) || ' ' || min(note) from decision"))
                .containsExactly("10000 read");

        Document after = client.get("/review").page();
        assertThat(after.select("form.last").text()).contains("Approved: 10,000 resources.");
        try (Connection other = locked("(select id from resource)")) {
            progress = client.submit(after, "form.last").location();
            assertThat(progress).startsWith("/review/actions/").contains("work=undo");
            awaitText(progress, true, 9_500, "9,500 of 10,000 done");
            other.rollback();
        }
        assertThat(result(progress)).startsWith("10,000 decisions were undone.");
        assertThat(here.library().review().pendingCount()).isEqualTo(WAITING);
    }

    @Test
    void work_that_ended_with_its_process_is_continued() {
        Document page = client.get("/review?q=cholera").page();
        Document sure = client.submit(page, "form.inbox", "do", "reject", "page", "yes", "list", "yes", "note", "old")
                .page();
        String action = sure.selectFirst("input[name=action]").val();
        String mark = sure.selectFirst("input[name=mark]").val();
        // What another process decided before it ended.
        Map<Guid, ReviewedRevision> some = page.select("input[name=shown]").eachAttr("value").stream()
                .map(word -> word.split(":"))
                .collect(Collectors.toMap(
                        parts -> Guid.of(parts[0]),
                        parts -> ReviewedRevision.ofWord(parts[1]).orElseThrow()));
        here.library().review().decide(UUID.fromString(action), Status.REJECTED, some, RunningLibrary.REVIEWER, "old");
        String progress = "/review/actions/" + action + "?q=cholera&of=100&mark=" + UrlEncoding.parameter(mark);

        Document stopped = client.get(progress).page();
        assertThat(stopped.select("#work").text()).contains("20 of 100 done", "not running here");
        assertThat(stopped.select("noscript meta[http-equiv=refresh]")).isEmpty();
        Answer done = client.submit(stopped, "#work form");

        assertThat(result(done.location())).isEqualTo("100 resources were rejected.");
        assertThat(here.texts("select count(*) || ' ' || min(note) from decision where action = '" + action + "'"))
                .containsExactly("100 old");
        PageClient another = new PageClient(here.address());
        here.library().accounts().create(new UserName("juma"), Role.REVIEWER, null, "a long password");
        another.signIn("juma", "a long password");
        assertThat(another.get(progress).status()).isEqualTo(404);
        here.library().review().undo(UUID.fromString(action), RunningLibrary.REVIEWER);
    }

    @Test
    void work_that_runs_is_stopped_before_it_is_undone() throws Exception {
        Document page = client.get("/review?tag=tag-7").page();
        Document sure = client.submit(page, "form.inbox", "do", "approve", "page", "yes", "list", "yes")
                .page();
        assertThat(sure.select("h1").text()).isEqualTo("Approve all 600 in this list");
        Document running;
        Answer undone;
        try (Connection other =
                locked("(select resource_id from resource_tag join tag on tag.id = tag_id where slug = 'tag-7')")) {
            String progress = client.submit(sure, "main form", "do", "approve").location();
            awaitText(progress, false, 500, "500 of 600 done");
            running = client.get(progress).page();
            // The undo waits for the batch, and the batch for this transaction.
            Future<Answer> undo =
                    CompletableFuture.supplyAsync(() -> client.submit(running, "form[action=/review/undo]"));
            Await.await("the undo is at work", () -> here.library().review().pendingCount() == WAITING - 500);
            other.rollback();
            undone = undo.get();
        }

        assertThat(result(undone.location())).startsWith("600 decisions were undone.");
        assertThat(here.library().review().pendingCount()).isEqualTo(WAITING);
    }

    /** Returns a connection whose transaction has locked the last of these resources, so that the last batch of work waits. */
    private static Connection locked(String ids) throws SQLException {
        Connection connection = here.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select from resource where id in " + ids + " order by guid desc limit 1 for update");
        }
        return connection;
    }

    /** Waits for saved decisions or undone ones, and then asserts what the page of the work shows. */
    private void awaitText(String path, boolean undone, int number, String text) {
        String action = path.substring("/review/actions/".length(), path.indexOf('?'));
        String sql = "select count(*) from decision where is_undo = " + undone + " and action = '" + action + "'";
        Await.await(text, () -> here.texts(sql).equals(List.of(String.valueOf(number))));
        assertThat(client.get(path).page().select("#work").text()).contains(text);
    }

    /** Waits until the work has ended, and returns the notice of the page to which it leads. */
    private String result(String path) {
        AtomicReference<String> next = new AtomicReference<>(path);
        Await.await("the work ends", () -> {
            if (next.get().startsWith("/review/actions/")) {
                String to = client.get(next.get()).location();
                next.set(to.isEmpty() ? next.get() : to);
            }
            return !next.get().startsWith("/review/actions/");
        });
        return client.get(next.get()).page().select(".notice").text();
    }
}

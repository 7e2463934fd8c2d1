package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.notifications.MailServer;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.reports.ProblemReport;

/** Tests of the problems that readers report and reviewers answer, with a real mail server. */
@Timeout(120)
class ReportPagesTest {

    private static MailServer server;
    private static RunningLibrary here;

    private PageClient reviewer;
    private Resource resource;

    @BeforeAll
    static void start() {
        server = MailServer.start();
        here = RunningLibrary.start(settings -> settings.with(Settings.MAIL_HOST, "127.0.0.1")
                .with(Settings.MAIL_PORT, String.valueOf(server.port()))
                .with(Settings.MAIL_SECURITY, "none")
                .with(Settings.MAIL_FROM, MailServer.FROM));
    }

    @AfterAll
    static void stop() {
        here.close();
        server.close();
    }

    @BeforeEach
    void beginEmpty() {
        here.removeResources();
        here.execute("truncate problem_report, counted_event, outbox");
        resource = here.publish("Water & more");
        reviewer = new PageClient(here.address());
        reviewer.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
    }

    private String path() {
        return "/resource/" + resource.slug() + "/report";
    }

    private Answer report(String... fields) {
        PageClient reader = new PageClient(here.address(), "es");
        return reader.submit(reader.get(path()).page(), "main form", fields);
    }

    private static ProblemReport onlyOne() {
        return here.library().storage().problemReports().page(true, null, 2).get(0);
    }

    @Test
    void a_reader_reports_a_problem_without_an_account_and_gets_the_answer_by_mail() {
        Answer sent = report("kind", "broken_link", "text", "El enlace <b>", "email", "lector@example.org");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.location()).isEqualTo("/resource/" + resource.slug());
        assertThat(reviewer.get("/review").page().select(".tabs").text()).contains("Reports of readers 1");
        String page = reviewer.get("/review/reports").page().select(".rows a").attr("href");
        assertThat(reviewer.get(page).page().select("main").text())
                .contains("Water & more", "El enlace <b>", "lector@example.org");

        Answer closed = reviewer.submit(reviewer.get(page).page(), "main form", "answer", "Corregido,\r\ngracias");

        assertThat(closed.status()).isEqualTo(303);
        await("the mail to the reader", () -> !server.mails().isEmpty());
        MailServer.Received mail = server.mails().get(0);
        assertThat(mail.to()).isEqualTo("lector@example.org");
        assertThat(mail.subject()).contains("Su aviso sobre «Water & more»");
        assertThat(mail.body()).contains("Corregido,", "gracias");
        assertThat(reviewer.get(page).page().select("main").text())
                .contains("Closed by reviewer", "The answer was mailed to the reader.");
        assertThat(reviewer.get("/review/reports").page().select(".empty")).hasSize(1);
        assertThat(reviewer.get("/review/reports?closed=1").page().select(".rows li"))
                .hasSize(1);
        assertThat(here.texts("select action || ' ' || (details ->> 'mailed') from audit_entry"
                        + " where action = 'report-closed'"))
                .contains("report-closed true");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "lies, words, -, kind",
                "other, -, -, text",
                "other, a\u0000b, -, text",
                "broken_link, -, not an address, email"
            })
    void an_invalid_report_is_shown_again_and_not_saved(String kind, String text, String email, String wrong) {
        Answer answer = report("kind", kind, "text", text == null ? "" : text, "email", email == null ? "" : email);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#w-" + wrong)).hasSize(1);
        assertThat(answer.page().select("[name=email]").val()).isEqualTo(email == null ? "" : email);
        assertThat(report("kind", "other", "text", "x".repeat(2_001)).status()).isEqualTo(422);
        assertThat(here.library().storage().problemReports().openCount()).isZero();
    }

    @Test
    void an_address_can_send_few_reports_an_hour() {
        for (int i = 0; i < 10; i++) {
            assertThat(report("kind", "broken_link").status()).isEqualTo(303);
        }

        Answer refused = report("kind", "other", "text", "once more");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().firstValueAsLong("Retry-After").orElse(0))
                .isBetween(1L, 3_600L);
        assertThat(refused.page().select("textarea").text()).isEqualTo("once more");
        assertThat(here.library().storage().problemReports().openCount()).isEqualTo(10);
    }

    @Test
    void all_addresses_together_can_send_as_many_reports_as_can_be_read() {
        here.execute("insert into counted_event (subject, at, expires)"
                + " select 'problem report', now(), now() + interval '1 hour' from generate_series(1, 200)");

        assertThat(report("kind", "broken_link").status()).isEqualTo(429);
    }

    @Test
    void a_report_is_closed_once_and_says_when_no_answer_can_be_mailed() {
        report("kind", "rights", "text", "It is ours");
        String page = "/review/reports/" + onlyOne().id();
        var form = reviewer.get(page).page();
        assertThat(form.select("#h-answer").text()).contains("left no address");
        assertThat(reviewer.submit(form, "main form", "answer", "a\u0000b").status())
                .isEqualTo(422);
        assertThat(reviewer.submit(form, "main form", "answer", "Asked them").status())
                .isEqualTo(303);

        Answer again = reviewer.submit(form, "main form", "answer", "Asked them again");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.page().select("main").text()).contains("Asked them", "No mail was sent");
        assertThat(again.page().select("textarea[readonly]").text()).isEqualTo("Asked them again");
        assertThat(reviewer.get("/review/reports/999999").status()).isEqualTo(404);
        assertThat(reviewer.get("/review/reports/x").status()).isEqualTo(404);
    }

    @Test
    void a_report_outlives_its_resource_and_only_public_resources_are_reported() {
        report("kind", "broken_link");
        here.library().review().reject(List.of(resource.guid()));
        assertThat(new PageClient(here.address()).get(path()).status()).isEqualTo(404);
        String page = "/review/reports/" + onlyOne().id();
        here.removeResources();

        assertThat(reviewer.get(page).page().select("main").text())
                .contains("Water & more", "no longer in this library");
        assertThat(reviewer.get("/review/reports").page().select(".rows li")).hasSize(1);
    }

    @Test
    void reports_come_in_pages() {
        for (int i = 0; i < 25; i++) {
            here.library()
                    .storage()
                    .problemReports()
                    .add(new ProblemReport(
                            0,
                            Guid.random(),
                            "Title " + i,
                            ProblemReport.Kind.OTHER,
                            "Words",
                            null,
                            "en",
                            Instant.EPOCH,
                            null));
        }

        var first = reviewer.get("/review/reports").page();
        assertThat(first.select(".rows li")).hasSize(20);
        assertThat(first.select(".rows h2").first().text()).isEqualTo("Title 24");
        assertThat(reviewer.get(first.select("a[rel=next]").attr("href")).page().select(".rows li"))
                .hasSize(5);
    }
}

package org.librarypeers.app.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;
import org.librarypeers.sync.reports.ProblemReport;

/** Tests of the start page of the staff. */
class OverviewPagesTest {

    private static final String PASSWORD = "a long password";

    /** No sync starts before it is seen on the page. */
    private final RunningLibrary here = RunningLibrary.start(
            settings -> settings.with(Settings.SYNC_WINDOWS, inThreeHours()).with(Settings.SYNC_TIME_ZONE, "UTC"));

    private PageClient admin;

    @BeforeEach
    void signIn() {
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = new PageClient(here.address());
        admin.signIn("boss", PASSWORD);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    private static String inThreeHours() {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
        Instant now = Instant.now();
        return time.format(now.plus(Duration.ofHours(3))) + "-" + time.format(now.plus(Duration.ofHours(5)));
    }

    private Document page() {
        return admin.get("/overview").page();
    }

    private Resource resourceWithALink() {
        return here.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Safe water"))
                        .attachments(List.of(SampleAttachment.link("https://example.org/gone")
                                .build()))
                        .build());
    }

    @Test
    void an_open_report_of_a_reader_needs_attention() {
        Resource water = resourceWithALink();
        assertThat(page().select("main > .notice")).hasSize(1);

        here.library()
                .storage()
                .problemReports()
                .add(new ProblemReport(
                        0,
                        water.guid(),
                        "Safe water",
                        ProblemReport.Kind.BROKEN_LINK,
                        "",
                        null,
                        "en",
                        here.library().clock().instant(),
                        null));

        Document page = page();
        assertThat(page.select("main > .notice")).isEmpty();
        assertThat(page.select("main a[href=/review/reports]").text()).startsWith("1 ");
        assertThat(page.select("main a[href=/review/links]")).isEmpty();
    }

    @Test
    void a_dead_link_needs_attention() {
        resourceWithALink();
        Instant now = here.library().clock().instant();
        here.library().storage().links().scan(10, now);
        LinkTask task = here.library()
                .storage()
                .links()
                .claim(now, Duration.ofMinutes(1), Duration.ofSeconds(1))
                .orElseThrow();
        LinkState state = task.state();
        for (int day = 0; day < 4; day++) {
            state = state.met(LinkProblem.NOT_FOUND, "HTTP 404", now.plus(Duration.ofDays(day)));
        }
        here.library().storage().links().checked(task.id(), state, now.plus(Duration.ofDays(9)));

        Document page = page();

        assertThat(page.select("main > .notice")).isEmpty();
        assertThat(page.select("main a[href=/review/links]").text()).startsWith("1 ");
    }

    @Test
    void administrators_see_the_next_syncs_and_the_space_on_the_disk() {
        assertThat(page().select("#schedule")).isEmpty();
        try (RunningLibrary there = RunningLibrary.start("Malawi library")) {
            Peer peer = here.addPeer(there);
            assertThat(page().select("section[aria-labelledby=schedule] .muted"))
                    .hasSize(1);
            here.library().storage().peers().save(peer.withSyncsAutomatically(true));
            here.library().schedule().start();
            Await.await(
                    "the peer is on the schedule",
                    () -> here.library().schedule().next().containsKey(peer.id()));

            Document page = page();

            assertThat(page.select("section[aria-labelledby=schedule] li a").text())
                    .isEqualTo("Malawi library");
            assertThat(page.select("section[aria-labelledby=schedule] time").attr("title"))
                    .endsWith("UTC");
            assertThat(page.select("#disk").text()).containsPattern("\\d.* (GB|MB) .* (GB|MB)");
        }
        here.library().accounts().create(new UserName("amina"), Role.REVIEWER, null, PASSWORD);
        PageClient reviewer = new PageClient(here.address());
        reviewer.signIn("amina", PASSWORD);
        assertThat(reviewer.get("/overview").page().select("#disk, #schedule")).isEmpty();
    }
}

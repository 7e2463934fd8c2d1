package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.StatementLog;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** Tests of what reviewers see of dead links where they decide. */
@ResourceLock("what the database server logs")
class DeadLinksInReviewTest {

    private static final String GONE = "https://gone.example.org/";
    private static final String MOVED = "https://moved.example.org/";
    private static final String THERE = "https://there.example.org/";
    private static final Guid COURSE = Guid.random();

    private static RunningLibrary start(boolean checks) {
        RunningLibrary here =
                RunningLibrary.start(settings -> settings.with(Settings.LINKS_CHECK, String.valueOf(checks)));
        // Public resources, whose links are checked. The second one has a living copy of what the first one links to.
        here.publish(Guid.random(), linking("Public", link(GONE), link(COURSE, MOVED)));
        here.publish(Guid.random(), linking("Public, too", link(COURSE, THERE)));
        check(here.library().storage().links(), here.library().clock().instant());
        return here;
    }

    private static ResourceContent linking(String title, Attachment... attachments) {
        return ResourceContent.titled(LocalizedText.of("en", title))
                .attachments(List.of(attachments))
                .build();
    }

    private static Attachment link(String address) {
        return link(Guid.random(), address);
    }

    private static Attachment link(Guid guid, String address) {
        return SampleAttachment.link(address).guid(guid).title(address).build();
    }

    private static Guid pending(RunningLibrary here, String title, Attachment... attachments) {
        Guid guid = Guid.random();
        here.library()
                .storage()
                .resources()
                .save(Resource.create(
                        guid,
                        linking(title, attachments),
                        new UserName("editor"),
                        here.library().clock().instant()));
        return guid;
    }

    /** Records that two links are dead and all others work. */
    private static void check(LinkRepository links, Instant now) {
        links.scan(10, now);
        for (LinkTask task = claim(links, now); task != null; task = claim(links, now)) {
            LinkState state = task.state().worked(now);
            for (int day = 0; day < 4 && !task.address().equals(THERE); day++) {
                state = state.met(LinkProblem.NOT_FOUND, "HTTP 404", now.plus(Duration.ofDays(day)));
            }
            links.checked(task.id(), state, now.plus(Duration.ofDays(9)));
        }
    }

    private static LinkTask claim(LinkRepository links, Instant now) {
        return links.claim(now, Duration.ofDays(1), Duration.ofSeconds(1)).orElse(null);
    }

    private static PageClient reviewer(RunningLibrary here) {
        PageClient client = new PageClient(here.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
        return client;
    }

    @Test
    void a_dead_link_is_marked_in_the_list_beside_it_and_on_the_page_of_the_resource() {
        try (RunningLibrary here = start(true)) {
            PageClient client = reviewer(here);
            pending(here, "All well", link(THERE));
            Guid guid = pending(here, "Two are gone", link(GONE), link(MOVED), link(THERE));

            Document inbox = client.get("/review?item=" + guid).page();

            assertThat(inbox.select("[data-entry] .mark.bad").eachText()).containsExactly("2 dead links");
            assertThat(inbox.select("[data-entry]:has(.mark.bad) h2").text()).isEqualTo("Two are gone");
            assertMarked(inbox, "#item ");
            assertMarked(client.get("/review/" + guid).page(), "main ");
        }
    }

    private static void assertMarked(Document page, String within) {
        assertThat(page.select(within + "dl.facts a[href=#dead]").text()).isEqualTo("2 dead links");
        assertThat(page.select(within + "#dead")).hasSize(1);
        assertThat(page.select(within + ".reading li:has(.dead)")).hasSize(2);
        Document gone = page;
        assertThat(gone.select(within + ".reading li:has(.dead):has(a[href=" + GONE + "])")
                        .text())
                .contains("did not work when it was last checked", "There is nothing at this address", "first failed")
                .doesNotContain("The same content elsewhere");
        assertThat(page.select(within + ".reading li:has(.dead):has(a[href=" + MOVED + "]) a")
                        .eachAttr("href"))
                .containsExactly(MOVED, THERE);
    }

    @Test
    void a_library_that_does_not_check_links_marks_none() {
        try (RunningLibrary here = start(false)) {
            Guid guid = pending(here, "Two are gone", link(GONE), link(MOVED));
            assertThat(reviewer(here).get("/review?item=" + guid).page().select(".dead, .mark.bad"))
                    .isEmpty();
        }
    }

    @Test
    void the_number_of_statements_does_not_grow_with_the_dead_links() {
        try (RunningLibrary here = start(true);
                StatementLog log = new StatementLog(here)) {
            PageClient client = reviewer(here);
            pending(here, "All well", link(THERE));
            client.get("/review");
            List<String> forNone = log.during(() -> client.get("/review"));
            IntStream.range(0, 30)
                    .forEach(number -> pending(here, "Gone " + number, link(GONE), link(MOVED), link(THERE)));
            client.get("/review");

            List<String> forMany = log.during(() -> client.get("/review"));

            // Those that look for living copies of the dead links of the resource beside the list.
            assertThat(forMany).as(String.join("\n", forMany)).hasSizeLessThanOrEqualTo(forNone.size() + 3);
        }
    }
}

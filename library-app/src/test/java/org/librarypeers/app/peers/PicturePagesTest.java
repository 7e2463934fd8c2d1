package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.pictures.PictureTask;

/** Tests of the page about pictures that could not be fetched, and of what pages show in their place. */
class PicturePagesTest {

    private static final String ADDRESS = "https://pictures.example/well.png";

    private static RunningLibrary running;
    private static PageClient reviewer;

    @BeforeAll
    static void start() throws Exception {
        // The test decides what becomes of a picture.
        running = RunningLibrary.start(settings -> settings.with(Settings.PICTURES_FETCH, "false"));
        reviewer = new PageClient(running.address());
        reviewer.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static PictureRepository pictures() {
        return running.library().storage().pictures();
    }

    @BeforeEach
    void aPictureThatFails() {
        running.removeResources();
        running.truncate("picture, audit_entry");
        running.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", "Repairing a well"))
                        .image(ADDRESS)
                        .build());
        running.library().storage().catalogue().index(100);
        pictures().scan(each -> Set.of(ADDRESS), 100, running.library().clock().instant());
        PictureTask task = pictures()
                .claim(running.library().clock().instant().plusSeconds(1), Duration.ofDays(1), List.of(), "")
                .orElseThrow();
        pictures().failed(task.id(), PictureProblem.PRIVATE_ADDRESS, "<b>10.0.0.1</b>", null);
    }

    @Test
    void a_failing_picture_is_listed_with_its_reason_and_tried_again_on_request() throws Exception {
        Document page = reviewer.get("/pictures").page();
        assertThat(page.select(".failing li").text())
                .contains(ADDRESS, "The address is in a private network", "<b>10.0.0.1</b>", "Not tried again");
        assertThat(page.select(".failing a[href^=/review/]")).hasSize(1);
        assertThat(reviewer.get("/overview").page().select("main a[href=/pictures]"))
                .hasSize(1);

        // This library does not fetch, so it offers no attempt. The form of a page from before still works.
        assertThat(page.select("main form")).isEmpty();
        String token = page.select("input[name=csrf]").val();
        long id = pictures().failing(Long.MAX_VALUE, 1).get(0).id();
        PageClient.Answer answer = reviewer.post("/pictures/" + id, "csrf", token);

        assertThat(answer.location()).isEqualTo("/pictures");
        assertThat(pictures().counts().failed()).isZero();
        assertThat(running.library()
                        .storage()
                        .audit()
                        .find(new AuditLog.Filter(null, "pictures-retried", null), null, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.details()).containsEntry("picture", ADDRESS));

        reviewer.post("/pictures", "csrf", token);
        assertThat(running.library()
                        .storage()
                        .audit()
                        .find(new AuditLog.Filter(null, "pictures-retried", null), null, 10)
                        .get(0)
                        .details())
                .containsEntry("count", "1");
    }

    @Test
    void lists_show_a_drawing_and_pages_name_no_other_host() throws Exception {
        PageClient reader = new PageClient(running.address());
        Document home = reader.get("/").page();
        assertThat(home.select(".thumb").eachAttr("class")).containsExactly("thumb k-page");
        assertThat(reader.get("/search?q=well").page().select(".thumb.k-page")).hasSize(1);
        String style = reader.get(home.select("link[href$=site.css]").attr("href"))
                .response()
                .body();
        Matcher drawing = Pattern.compile("\\.k-page \\{ background-image: url\\((/assets/[^)]*)\\)")
                .matcher(style);
        assertThat(drawing.find()).isTrue();
        assertThat(reader.get(drawing.group(1)).response().headers().firstValue("Content-Type"))
                .hasValue("image/svg+xml");
        assertThat(reader.get("/resource/repairing-a-well").response().body()).doesNotContain("pictures.example");
    }
}

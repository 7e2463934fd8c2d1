package org.librarypeers.app.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.config.Settings;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** Tests of what readers see of a dead link. */
class DeadLinkMarkTest {

    private static final String GONE = "https://gone.example.org/";
    private static final String THERE = "https://there.example.org/";

    @Test
    void a_dead_link_is_marked_and_is_not_the_main_action() throws Exception {
        try (RunningLibrary here = RunningLibrary.start(settings -> settings.with(Settings.LINKS_CHECK, "true"))) {
            Resource water = here.publish(
                    Guid.random(),
                    ResourceContent.titled(LocalizedText.of("en", "Safe water"))
                            .attachments(List.of(
                                    SampleAttachment.link(GONE)
                                            .title("Gone")
                                            .order(0)
                                            .build(),
                                    SampleAttachment.link(THERE)
                                            .title("There")
                                            .order(1)
                                            .build()))
                            .build());
            String path = "/resource/" + water.slug();
            assertThat(page(here, path).select(".main-action a").eachAttr("href"))
                    .containsExactly(GONE);
            check(here.library().storage().links(), here.library().clock().instant());

            Document page = page(here, path);

            assertThat(page.select(".attachments li:has(.mark.warn) a").eachAttr("href"))
                    .containsExactly(GONE);
            assertThat(page.select(".main-action a").eachAttr("href")).containsExactly(THERE);
        }
    }

    private static Document page(RunningLibrary here, String path) throws Exception {
        return Jsoup.parse(here.get(path).body());
    }

    /** Records that one link is dead and the other one works. */
    private static void check(LinkRepository links, Instant now) {
        links.scan(10, now);
        for (int i = 0; i < 2; i++) {
            LinkTask task = links.claim(now, Duration.ofMinutes(1), Duration.ofSeconds(1))
                    .orElseThrow();
            LinkState state = task.state().worked(now);
            for (int day = 0; day < 4 && task.address().equals(GONE); day++) {
                state = state.met(LinkProblem.NOT_FOUND, "HTTP 404", now.plus(Duration.ofDays(day)));
            }
            links.checked(task.id(), state, now.plus(Duration.ofDays(9)));
        }
    }
}

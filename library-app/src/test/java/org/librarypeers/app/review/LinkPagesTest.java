package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.librarypeers.app.OfflineAnswer;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.links.LinkProblem;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

/** Tests of the page about dead links. */
class LinkPagesTest {

    private static final String ADDRESS = "https://example.org/<b>gone";

    private final Map<String, String> carried = new HashMap<>();

    private final OfflineLibrary library = OfflineLibrary.withPages((here, pages) -> new LinkPages(
                    here.storage(),
                    new AuditTrail(here.storage(), here.clock()),
                    true,
                    address -> Optional.ofNullable(carried.get(address)),
                    here.clock())
            .routes(pages));

    private long dead() {
        Attachment link = new Attachment(
                AttachmentKind.LINK, Guid.random(), LocalizedText.empty(), LocalizedText.empty(), ADDRESS, 0, 0);
        ResourceContent content = ResourceContent.titled(LocalizedText.of("en", "Safe water"))
                .attachments(List.of(link))
                .build();
        library.storage()
                .resources()
                .save(Resource.create(Guid.random(), content, UserName.SYSTEM, OfflineLibrary.NOON)
                        .approve(OfflineLibrary.NOON));
        library.storage().links().scan(10, OfflineLibrary.NOON);
        LinkTask task = library.storage()
                .links()
                .claim(OfflineLibrary.NOON, Duration.ofMinutes(1), Duration.ofSeconds(1))
                .orElseThrow();
        LinkState state = task.state();
        for (int day = 0; day < 4; day++) {
            state = state.met(LinkProblem.NOT_FOUND, "HTTP 404", OfflineLibrary.NOON.plus(Duration.ofDays(day)));
        }
        library.storage().links().checked(task.id(), state, OfflineLibrary.NOON.plus(Duration.ofDays(9)));
        return task.id();
    }

    @Test
    void a_reviewer_reads_why_a_link_is_dead_and_has_it_checked_again() {
        long id = dead();
        OfflineVisitor reviewer = library.visitor(Role.REVIEWER);

        OfflineAnswer page = reviewer.get("/review/links");

        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.page().text())
                .contains("HTTP 404")
                .contains("Safe water")
                .contains(ADDRESS);
        assertThat(page.page().select("main b")).isEmpty();
        assertThat(page.page().select(".rows time").eachAttr("datetime"))
                .containsExactly(OfflineLibrary.NOON.toString());
        assertThat(page.page().select(".rows time").attr("title")).contains("UTC");
        assertThat(reviewer.post("/review/links/" + id).status()).isEqualTo(303);
        assertThat(library.storage()
                        .links()
                        .claim(OfflineLibrary.NOON.plusSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1)))
                .map(LinkTask::address)
                .contains(ADDRESS);
        assertThat(reviewer.post("/review/links/x").status()).isEqualTo(404);
    }

    @Test
    void a_file_that_was_carried_here_is_the_nearest_living_copy() {
        dead();
        assertThat(library.visitor(Role.REVIEWER).get("/review/links").page().select("main a[href^=/media/]"))
                .isEmpty();

        carried.put(ADDRESS, "/media/resource/x/gone.pdf");

        assertThat(library.visitor(new UserName("amina"), Role.REVIEWER)
                        .get("/review/links")
                        .page()
                        .select("main .rows a[href=/media/resource/x/gone.pdf]"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(LinkProblem.class)
    void every_problem_has_a_text(LinkProblem problem) {
        assertThat(OfflineLibrary.visit("/").say("links.problem." + EnumWord.of(problem)))
                .isNotBlank();
    }

    @Test
    void without_dead_links_the_page_says_so() {
        assertThat(library.visitor(Role.REVIEWER).get("/review/links").page().select(".empty"))
                .hasSize(1);
        assertThat(library.visitor(new UserName("anna"), Role.CONTRIBUTOR)
                        .get("/review/links")
                        .status())
                .isEqualTo(403);
    }
}

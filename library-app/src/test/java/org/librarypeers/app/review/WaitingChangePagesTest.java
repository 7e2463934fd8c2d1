package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;

/** Tests of a pending change while the approved revision stays public, for reviewers, readers and the next library. */
class WaitingChangePagesTest extends ReviewedLibrary {

    private static final String PUBLIC = "Give ten drops";
    private static final String CHANGED = "Give five drops";

    private static RunningLibrary next;
    private static Peer nextPeer;

    private final PageClient reader = new PageClient(here.address());
    private Guid guid;

    @BeforeAll
    static void startTheNextLibrary() {
        next = RunningLibrary.start();
        nextPeer = next.addPeer(here);
    }

    @AfterAll
    static void stopTheNextLibrary() {
        next.close();
    }

    @BeforeEach
    void aChangeWaits() {
        next.removeResources();
        next.execute("truncate harvest, offer, quarantined_item");
        here.execute("update peer set publication = 'review_everything'");
        guid = brought(content(PUBLIC));
        review.approve(List.of(guid));
        syncNext();
        change(guid, content(CHANGED));
    }

    private static SyncTally syncNext() {
        return next.library()
                .sync()
                .sync(nextPeer, SyncScope.EVERYTHING, SyncListener.NONE)
                .log()
                .tally();
    }

    private Document publicPage() {
        return reader.get("/resource/" + find(guid).slug()).page();
    }

    private List<String> found(String words) {
        return reader.get("/search?q=" + words)
                .page()
                .select("main h2 a, main h3 a")
                .eachText();
    }

    private String nextTitle() {
        return next.library()
                .storage()
                .resources()
                .find(guid)
                .map(Resource::content)
                .orElseThrow()
                .title()
                .in("en")
                .orElseThrow();
    }

    @Test
    void readers_and_the_next_library_still_see_the_approved_revision() {
        assertThat(publicPage().select("h1").text()).isEqualTo(PUBLIC);
        assertThat(found("drops")).containsExactly(PUBLIC);
        assertThat(found("five")).isEmpty();

        SyncTally tally = syncNext();

        assertThat(nextTitle()).isEqualTo(PUBLIC);
        assertThat(List.of(tally.withdrawn(), tally.updated(), tally.unchanged()))
                .containsExactly(0, 0, 1);
    }

    @Test
    void what_a_peer_may_publish_is_public_without_a_reviewer_and_the_history_says_so() {
        here.execute("update peer set publication = 'publish_everything'");

        Guid published = brought(content("Splints"));

        assertThat(reader.get("/resource/" + find(published).slug())
                        .page()
                        .select("h1")
                        .text())
                .isEqualTo("Splints");
        assertThat(client.get("/review").page().select("[data-entry]")).isEmpty();
        for (String page : List.of("/resources/" + published + "/history", path(published))) {
            assertThat(client.get(page).page().select("main").text())
                    .contains("published without a reviewer: everything from this source is published immediately");
        }
    }

    @Test
    void reviewers_find_the_change_and_its_differences_from_the_public_revision() {
        Document inbox = client.get("/review?kind=changed").page();
        assertThat(titles(inbox)).containsExactly(CHANGED);
        assertThat(client.get("/review").page().select("[data-entry]")).isEmpty();

        Document page = client.get(path(guid) + "?kind=changed").page();

        assertThat(page.select("h1").text()).isEqualTo(CHANGED);
        assertThat(page.select("main").text()).contains("The approved content stays public until you decide");
        assertThat(page.select("table.diff del").eachText()).containsExactly("ten");
        assertThat(page.select("table.diff ins").eachText()).containsExactly("five");
        assertThat(page.select("table.diff thead").text())
                .contains("Public (revision 1)", "Waiting for review (revision 2)");
        assertThat(page.select(".reading").text()).contains(CHANGED);
    }

    @Test
    void an_approved_change_is_public_and_reaches_the_next_library() {
        Answer answer = client.submit(client.get(path(guid)).page(), "#decide", "do", "approve");

        assertThat(client.get(answer.location()).page().select(".notice").text())
                .isEqualTo("The change to “" + CHANGED + "” is now public.");
        assertThat(publicPage().select("h1").text()).isEqualTo(CHANGED);
        assertThat(found("five")).containsExactly(CHANGED);
        assertThat(syncNext().updated()).isEqualTo(1);
        assertThat(nextTitle()).isEqualTo(CHANGED);
    }

    @Test
    void a_rejected_change_is_dropped_and_the_public_revision_stays() {
        Answer answer =
                client.submit(client.get(path(guid)).page(), "#decide", "do", "reject", "note", "dose not checked");

        assertThat(client.get(answer.location()).page().select(".notice").text())
                .isEqualTo("The change to “" + CHANGED + "” was rejected. The approved content stays public.");
        assertThat(publicPage().select("h1").text()).isEqualTo(PUBLIC);
        assertThat(find(guid).status()).isEqualTo(Status.APPROVED);
        assertThat(client.get("/review?kind=changed").page().select("[data-entry]"))
                .isEmpty();
        sync(SyncScope.EVERYTHING);
        assertThat(client.get("/review?kind=changed").page().select("[data-entry]"))
                .isEmpty();
        assertThat(client.get("/resources/" + guid + "/history")
                        .page()
                        .select("main")
                        .text())
                .contains("dose not checked");
    }

    @Test
    void the_history_marks_the_public_and_the_waiting_revision() {
        Document history = client.get("/resources/" + guid + "/history").page();

        assertThat(history.select("#v2 .mark").text()).isEqualTo("waiting for review");
        assertThat(history.select("#v2 a[href=/review/" + guid + "]")).hasSize(1);
        assertThat(history.select("#v2 form")).isEmpty();
        assertThat(history.select("#v1 .mark").text()).startsWith("current");
        assertThat(history.select("#v1 form")).isEmpty();
    }

    @Test
    void a_decision_after_an_edit_of_the_public_revision_must_be_repeated() {
        Document page = client.get(path(guid)).page();
        Resource resource = find(guid);
        here.library()
                .storage()
                .resources()
                .save(resource.edit(
                        content("Give ten drops a day"),
                        EDITOR,
                        here.library().clock().instant()));

        Answer answer = client.submit(page, "#decide", "do", "approve");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).startsWith("The resource changed while you were reading");
        assertThat(publicPage().select("h1").text()).isEqualTo("Give ten drops a day");
    }
}

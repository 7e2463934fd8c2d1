package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.contract.Samples;

/** Tests of the resource list and of the history of a resource. */
class ResourceListPagesTest {

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void empty() {
        running.removeResources();
    }

    private static PageClient signedIn() {
        PageClient client = new PageClient(running.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
        return client;
    }

    @Test
    void the_list_is_searched_filtered_and_paged() {
        running.publishMany(30);
        running.library().authoring().create(Samples.titled("Clean water"), RunningLibrary.REVIEWER);
        PageClient reviewer = signedIn();

        Document first = reviewer.get("/resources?source=here").page();
        assertThat(first.select("tbody tr")).hasSize(25);
        Document second = reviewer.get(first.select("a[rel=next]").attr("href")).page();
        assertThat(second.select("tbody tr")).hasSize(6);
        assertThat(second.select("a[rel=prev]")).hasSize(1);
        assertThat(reviewer.get("/resources?status=pending")
                        .page()
                        .select("tbody th > a")
                        .eachText())
                .containsExactly("Clean water");
        assertThat(reviewer.get("/resources?words=water").page().select("tbody tr"))
                .hasSize(1);
        assertThat(reviewer.get("/resources?words=%3Cscript%3E&page=x&status=y&source=99")
                        .page()
                        .select(".empty a")
                        .attr("href"))
                .isEqualTo("/resources");
    }

    @Test
    void the_pages_explain_whether_changes_to_a_resource_of_an_inactive_source_stay() {
        try (RunningLibrary malawi = RunningLibrary.start();
                RunningLibrary relay = RunningLibrary.start("Relay")) {
            Resource theirs = malawi.publish("Water");
            relay.library().sync().sync(relay.addPeer(malawi), SyncListener.NONE);
            relay.library().review().approveAll();
            Peer maker = running.addPeer(malawi);
            running.library().sync().sync(maker, SyncListener.NONE);
            PageClient reviewer = signedIn();
            String stays = "It came from " + maker.name() + ", which is no longer synced, so changes made here stay.";

            Peer second = running.addPeer(relay);
            running.library().sync().sync(second, SyncListener.NONE);
            running.library().storage().peers().save(maker.withActive(false));
            assertThat(hints(reviewer, theirs))
                    .hasSize(2)
                    .allMatch(hint -> hint.contains("overwritten by the next update from Relay"));

            running.library().storage().peers().save(second.withActive(false));
            assertThat(hints(reviewer, theirs)).hasSize(2).allMatch(hint -> hint.startsWith(stays));

            running.library().sync().remove(second.id());
            running.library().sync().remove(maker.id());
            assertThat(hints(reviewer, theirs)).hasSize(2).noneMatch(hint -> hint.contains("overwritten"));
        }
    }

    private static List<String> hints(PageClient reviewer, Resource resource) {
        return Stream.of("/edit", "/history")
                .map(page -> reviewer.get("/resources/" + resource.guid() + page)
                        .page()
                        .select(".hint")
                        .text())
                .toList();
    }

    @Test
    void a_history_names_the_sync_that_withdrew_and_archived_a_resource() {
        try (RunningLibrary malawi = RunningLibrary.start()) {
            List<Resource> six = IntStream.range(0, 6)
                    .mapToObj(i -> malawi.publish("Water " + i))
                    .toList();
            Peer peer = running.addPeer(malawi);
            Peer archiving = peer.withArchivesWithdrawn(true);
            running.library().storage().peers().save(archiving);
            running.library().sync().sync(archiving, SyncListener.NONE);
            running.library().review().approveAll();
            Instant now = malawi.library().clock().instant();
            malawi.library().storage().resources().save(six.get(0).archive(now));
            running.library().sync().sync(archiving, SyncScope.EVERYTHING, SyncListener.NONE);

            Document history = signedIn()
                    .get("/resources/" + six.get(0).guid() + "/history")
                    .page();

            assertThat(history.select("#withdrawals").text())
                    .contains(
                            peer.name()
                                    + " withdrew it: the peer answered that it does not have the resource, or no longer has it.")
                    .contains("It was archived automatically, as set for resources that " + peer.name());
            assertThat(signedIn()
                            .get("/resources/" + six.get(1).guid() + "/history")
                            .page()
                            .select("#withdrawals"))
                    .isEmpty();
        }
    }

    @Test
    void a_synced_resource_shows_its_source_and_the_author_of_each_revision() {
        try (RunningLibrary malawi = RunningLibrary.start()) {
            Resource theirs = malawi.publish("Water");
            Peer peer = running.addPeer(malawi);
            running.library().sync().sync(peer, SyncListener.NONE);
            PageClient reviewer = signedIn();
            Document page =
                    reviewer.get("/resources/" + theirs.guid() + "/edit").page();
            assertThat(page.select(".hint").text())
                    .startsWith("Changes made here are overwritten by the next update from " + peer.name());

            reviewer.submit(page, "form[enctype]", "title", "Wine");

            Document history =
                    reviewer.get("/resources/" + theirs.guid() + "/history").page();
            assertThat(history.select("#v2").text()).contains("by reviewer");
            assertThat(history.select("#v2 del").text()).isEqualTo("Water");
            assertThat(history.select("#v2 ins").text()).isEqualTo("Wine");
            assertThat(history.select("#v1").text()).contains("received in a sync with " + peer.name());
            reviewer.submit(history, "#v1 form");
            assertThat(running.library()
                            .storage()
                            .resources()
                            .find(theirs.guid())
                            .orElseThrow()
                            .content()
                            .title()
                            .in("en"))
                    .contains("Water");
            assertThat(running.library()
                            .storage()
                            .resources()
                            .find(theirs.guid())
                            .orElseThrow()
                            .revision()
                            .number())
                    .isEqualTo(3);
        }
    }
}

package org.librarypeers.app.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.Await;

/** Tests of the journeys of a curator with likely duplicates. */
class DuplicatePagesTest extends CuratedLibraries {

    private void awaitDuplicates() {
        Await.await(
                "the duplicates are found",
                () -> !here.library().storage().duplicates().groups(null, 1).isEmpty());
    }

    @Test
    void a_duplicate_is_archived_and_its_address_leads_to_the_other_one() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();

        assertThat(boss.visit("/resources/" + ours.guid() + "/edit")
                        .page()
                        .select("#duplicates bdi")
                        .text())
                .isEqualTo("Safe Drinking Water!");
        String link = boss.visit("/duplicates")
                .page()
                .select("a[href*='from=" + theirs.guid() + "']")
                .attr("href");
        Document confirm = boss.visit(link).page();
        submit(confirm, "main form");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.ARCHIVED);
        PageClient reader = new PageClient(here.address());
        PageClient.Answer moved = reader.get("/resource/" + found(theirs.guid()).slug());
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.location()).isEqualTo("/resource/" + ours.slug());
        assertThat(boss.visit("/duplicates").page().select(".duplicate")).isEmpty();

        // A second submission of the same form changes nothing.
        submit(confirm, "main form");
        assertThat(found(ours.guid()).status()).isEqualTo(Status.APPROVED);

        submit(boss.visit("/resources/" + theirs.guid() + "/edit").page(), "form[action='/duplicates/restore']");
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.APPROVED);
        assertThat(here.library()
                        .storage()
                        .decisions()
                        .about(theirs.guid())
                        .get(0)
                        .by())
                .isEqualTo(new UserName("boss"));
        assertThat(reader.get("/resource/" + found(theirs.guid()).slug()).status())
                .isEqualTo(200);
    }

    @Test
    void a_resource_that_is_in_use_again_can_take_the_place_of_the_one_that_replaced_it() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();
        archive(theirs, ours);
        here.library().review().approve(List.of(theirs.guid()));

        archive(ours, theirs);

        PageClient reader = new PageClient(here.address());
        assertThat(reader.get("/resource/" + ours.slug()).location())
                .isEqualTo("/resource/" + found(theirs.guid()).slug());
        assertThat(reader.get("/resource/" + found(theirs.guid()).slug()).status())
                .isEqualTo(200);
    }

    private void archive(Resource from, Resource to) {
        submit(
                boss.visit("/duplicates/archive?from=" + from.guid() + "&to=" + to.guid())
                        .page(),
                "main form");
    }

    @Test
    void what_a_peer_changed_while_it_was_archived_is_not_published_unread() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        sync();
        awaitDuplicates();
        submit(
                boss.visit("/duplicates/archive?from=" + theirs.guid() + "&to=" + ours.guid())
                        .page(),
                "main form");
        Resource sent =
                other.library().storage().resources().find(theirs.guid()).orElseThrow();
        other.library()
                .storage()
                .resources()
                .save(sent.edit(
                        content("Nobody has read this"),
                        UserName.SYSTEM,
                        other.library().clock().instant()));
        here.library().sync().sync(peer, SyncListener.NONE);
        assertThat(found(theirs.guid()).content()).isEqualTo(content("Nobody has read this"));
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.ARCHIVED);

        submit(boss.visit("/resources/" + theirs.guid() + "/edit").page(), "form[action='/duplicates/restore']");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(new PageClient(here.address())
                        .get("/resource/" + found(theirs.guid()).slug())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_rejected_duplicate_stays_rejected_when_its_redirect_is_removed() {
        Resource ours = here.publish("Safe drinking water");
        Resource theirs = other.publish("Safe Drinking Water!");
        here.library().sync().sync(peer, SyncListener.NONE);
        awaitDuplicates();
        submit(
                boss.visit("/duplicates/archive?from=" + theirs.guid() + "&to=" + ours.guid())
                        .page(),
                "main form");
        assertThat(found(theirs.guid()).status()).isEqualTo(Status.REJECTED);

        Document page = boss.visit("/resources/" + theirs.guid() + "/edit").page();
        assertThat(page.select("form[action='/duplicates/restore'] button").text())
                .doesNotContain("publish");
        submit(page, "form[action='/duplicates/restore']");

        assertThat(found(theirs.guid()).status()).isEqualTo(Status.REJECTED);
        assertThat(here.library().storage().duplicates().redirect(theirs.guid()))
                .isEmpty();
    }

    @Test
    void a_group_that_is_no_duplicate_is_dismissed() {
        here.publish("Safe drinking water");
        here.publish("Safe drinking water");
        awaitDuplicates();

        submit(boss.visit("/duplicates").page(), "main form[action='/duplicates']");

        assertThat(boss.visit("/duplicates").page().select(".duplicate")).isEmpty();
        assertThat(boss.get("/duplicates/archive?from=x&to=y").status()).isEqualTo(404);
    }
}

package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.SyncScope;

class InboxPagesTest extends ReviewedLibrary {

    @Test
    void the_inbox_shows_the_kind_the_source_and_the_beginning_of_each_resource() {
        Guid changed = brought(content("Changed"));
        // More resources keep the share of withdrawals small. A list that shrinks a lot at once is not trusted.
        maker.publishMany(9);
        Guid gone = brought(content("Gone"));
        review.approveAll();
        change(changed, content("Changed since"));
        maker.library().review().reject(List.of(gone));
        sync(SyncScope.EVERYTHING);
        pending(
                Guid.random(),
                content("New").toBuilder()
                        .description(LocalizedText.of("en", "<p>Wash <b>your</b> hands.</p><script>x()</script>"))
                        .tags(List.of(Tag.of("Topic", "Water")))
                        .build());

        Document page = client.get("/review").page();

        assertThat(page.select(".tabs a").eachText())
                .containsExactly(
                        "New 1", "Changed upstream 1", "Withdrawn upstream 1", "Reports of readers 0", "Dead links 0");
        assertThat(titles(page)).containsExactly("New");
        assertThat(page.select("[data-entry]").text()).contains("Made here", "Wash your hands.", "Water");
        assertThat(page.select("[data-entry] time").eachAttr("title"))
                .singleElement()
                .asString()
                .endsWith("UTC");
        assertThat(page.select("[data-entry] time").text()).doesNotContain("UTC");
        Document upstream = client.get("/review?kind=changed").page();
        assertThat(titles(upstream)).containsExactly("Changed since");
        assertThat(upstream.select("[data-entry] .brief").text()).isEqualTo("Title (English) Changed since");
        assertThat(upstream.select("[data-entry] .brief ins").text()).isEqualTo("since");
        Document withdrawn = client.get("/review?kind=withdrawn").page();
        assertThat(titles(withdrawn)).containsExactly("Gone");
        assertThat(withdrawn.select("[data-entry]").text()).contains(peer.name(), "withdrawn", "approved");
    }

    @Test
    void the_inbox_is_filtered_by_peer_tag_and_language() {
        ResourceContent tagged = content("Here").toBuilder()
                .tags(List.of(Tag.of("Topic", "Water")))
                .build();
        pending(Guid.random(), tagged);
        pending(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("ar", "مياه آمنة")).build());
        brought(tagged.toBuilder().title(LocalizedText.of("en", "There")).build());

        assertThat(titles(client.get("/review?peer=here&tag=water").page())).containsExactly("Here");
        assertThat(titles(client.get("/review?tag=WATER").page())).containsExactlyInAnyOrder("Here", "There");
        Document ofPeer = client.get("/review?peer=" + peer.id()).page();
        assertThat(titles(ofPeer)).containsExactly("There");
        Document sure = client.submit(ofPeer, "form.inbox", "do", "approve", "page", "yes", "list", "yes")
                .page();
        assertThat(sure.select(".facts").text()).contains(peer.name());
        Document arabic = client.get("/review?language=ar").page();
        assertThat(titles(arabic)).containsExactly("مياه آمنة");
        assertThat(arabic.select(".tabs a").first().text()).isEqualTo("New 1");
        assertThat(arabic.selectFirst("[data-entry] h2 a").attr("lang")).isEqualTo("ar");
        Document unknown = client.get("/review?tag=nowhere%00").page();
        assertThat(titles(unknown)).isEmpty();
        assertThat(unknown.select("#w-tag").text()).contains("There is no tag");
        assertThat(titles(client.get("/review?peer=x&language=%27&kind=%3Cb%3E").page()))
                .isEmpty();
    }

    @Test
    void the_inbox_has_pages_in_both_directions() {
        for (int i = 0; i < 45; i++) {
            pending("Resource " + i);
        }
        List<List<String>> there = new ArrayList<>();
        Document page = client.get("/review").page();
        there.add(titles(page));
        while (page.selectFirst(".pages a[rel=next]") != null) {
            page = client.get(page.selectFirst(".pages a[rel=next]").attr("href"))
                    .page();
            there.add(titles(page));
        }
        assertThat(there.stream().map(List::size)).containsExactly(20, 20, 5);
        assertThat(there.stream().flatMap(List::stream).distinct()).hasSize(45);

        page = client.get(page.selectFirst(".pages a[rel=prev]").attr("href")).page();
        assertThat(titles(page)).isEqualTo(there.get(1));
        page = client.get(page.selectFirst(".pages a[rel=prev]").attr("href")).page();
        assertThat(titles(page)).isEqualTo(there.get(0));
        assertThat(page.selectFirst(".pages a[rel=prev]")).isNull();
    }

    @Test
    void selected_resources_are_decided_on_together_with_a_note() {
        Resource one = pending("One");
        Resource two = pending("Two");
        Resource left = pending("Left");
        Document page = client.get("/review").page();
        for (Element row : page.select("[data-entry]")) {
            if (!row.select("h2").text().equals("Left")) {
                row.selectFirst("input[type=checkbox]").attr("checked", "checked");
            }
        }

        Answer answer = client.submit(page, "form.inbox", "do", "approve", "note", "read together");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(client.get(answer.location()).page().select(".notice").text())
                .isEqualTo("2 resources were approved.");
        assertThat(find(one.guid()).status()).isEqualTo(Status.APPROVED);
        assertThat(find(left.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(review.decisions(two.guid()))
                .extracting(Decision::by, Decision::note)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(RunningLibrary.REVIEWER, "read together"));
    }

    @Test
    void all_shown_resources_are_rejected_except_those_that_changed() {
        Resource one = pending("One");
        Resource two = pending("Two");
        Document page = client.get("/review").page();
        here.library()
                .storage()
                .resources()
                .save(find(two.guid())
                        .edit(
                                content("Two, changed"),
                                EDITOR,
                                here.library().clock().instant()));

        Answer answer = client.submit(page, "form.inbox", "do", "reject", "page", "yes");

        assertThat(client.get(answer.location()).page().select(".notice").text())
                .isEqualTo("One resource was rejected. One has changed since you opened the page: read it again.");
        assertThat(find(one.guid()).status()).isEqualTo(Status.REJECTED);
        assertThat(find(two.guid()).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_notice_explains_the_result_of_simultaneous_decisions() {
        Resource one = pending("One");
        Resource two = pending("Two");
        Resource three = pending("Three");
        pending("Four");
        Resource five = pending("Five");
        Document page = client.get("/review").page();
        review.approve(List.of(one.guid(), two.guid()));
        review.reject(List.of(three.guid()));
        here.execute("delete from resource where guid = '" + five.guid() + "'");

        Answer approved = client.submit(page, "form.inbox", "do", "approve", "page", "yes");

        assertThat(client.get(approved.location()).page().select(".notice").text())
                .isEqualTo("One resource was approved. 2 had already been approved by somebody else."
                        + " One was rejected by somebody else in the meantime and stays rejected."
                        + " One is no longer in this library.");
        assertThat(find(three.guid()).status()).isEqualTo(Status.REJECTED);

        Answer rejected = client.submit(page, "form.inbox", "do", "reject", "page", "yes");

        assertThat(client.get(rejected.location()).page().select(".notice").text())
                .isEqualTo("No resources were rejected."
                        + " 3 were approved by somebody else in the meantime and stay approved."
                        + " One had already been rejected by somebody else. One is no longer in this library.");
        assertThat(find(one.guid()).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void nothing_is_decided_without_a_selection_or_with_a_note_that_is_too_long() {
        Resource one = pending("One");
        Document page = client.get("/review").page();

        Answer nothing = client.submit(page, "form.inbox", "do", "approve", "note", "kept <b>");
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.page().select(".problem").text()).startsWith("Select at least one");
        assertThat(nothing.page().select("#f-many").text()).isEqualTo("kept <b>");

        String shown = page.selectFirst("input[name=shown]").val();
        Answer tooLong = client.submit(page, "form.inbox", "do", "approve", "chosen", shown, "note", "x".repeat(2_001));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.page().select("#w-many").text()).contains("2,001");
        assertThat(tooLong.page().select("input[name=chosen][checked]")).hasSize(1);
        Answer odd = client.submit(page, "form.inbox", "do", "approve", "chosen", shown, "note", "a\u0000b");
        assertThat(odd.status()).isEqualTo(422);
        assertThat(client.submit(page, "form.inbox", "do", "approve", "chosen", "x:y")
                        .status())
                .isEqualTo(422);
        assertThat(find(one.guid()).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void an_empty_inbox_suggests_the_next_step() {
        brought(content("Water"));

        assertThat(client.get("/review?kind=changed").page().select(".empty").text())
                .contains("Review one new resource");
        assertThat(client.get("/review?kind=pending&language=fr")
                        .page()
                        .select(".empty a")
                        .attr("href"))
                .isEqualTo("/review?kind=pending");
    }

    @Test
    void the_last_decision_is_undone_with_one_button_and_the_history_says_so() {
        Resource one = pending("One");
        Resource two = pending("Two");
        Answer decided = client.submit(client.get("/review").page(), "form.inbox", "do", "approve", "page", "yes");
        Document page = client.get(decided.location()).page();
        assertThat(page.select("form.last").text())
                .contains("Approved: 2 resources.", "No other library has fetched this yet.");

        Answer undone = client.submit(page, "form.last");

        assertThat(undone.location()).startsWith("/review?");
        Document after = client.get(undone.location()).page();
        assertThat(after.select(".notice").text()).startsWith("2 decisions were undone.");
        assertThat(titles(after)).containsExactlyInAnyOrder("One", "Two");
        assertThat(after.select("form.last")).isEmpty();
        assertThat(find(one.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(client.get(path(two.guid())).page().select("#h-decisions ~ ul li"))
                .hasSize(2);
        client.submit(after, "form.inbox", "do", "approve", "page", "yes");
        assertThat(client.get(path(two.guid()))
                        .page()
                        .select("#h-decisions ~ ul form small")
                        .text())
                .isEqualTo("No other library has fetched this yet.");
    }

    @Test
    void a_decision_on_a_resource_that_changed_since_stays() {
        Resource one = pending("One");
        Answer decided = client.submit(client.get("/review").page(), "#decide", "do", "approve");
        Document page = client.get(decided.location()).page();
        assertThat(page.select("form.last").text()).contains("Approved: “One”.");
        here.library()
                .storage()
                .resources()
                .save(find(one.guid())
                        .edit(content("Mine"), EDITOR, here.library().clock().instant()));

        Answer refused = client.submit(page, "form.last");

        assertThat(client.get(refused.location()).page().select(".notice").text())
                .startsWith("Nothing was undone. One resource has changed since its decision");
        assertThat(find(one.guid()).status()).isEqualTo(Status.APPROVED);
        assertThat(client.post("/review/undo", "action", UUID.randomUUID().toString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void libraries_that_may_have_fetched_an_approval_are_counted() throws Exception {
        Resource one = pending("One");
        client.submit(client.get("/review").page(), "#decide", "do", "approve");
        assertThat(here.get(
                                "/api/v1/resource/?full=true&after=0",
                                "Authorization",
                                here.authorization(RunningLibrary.READER))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/review").page().select("form.last").text())
                .contains("One library may have fetched this. It receives the undo with its next sync.");

        client.submit(client.get(path(one.guid())).page(), "#h-decisions ~ ul form");

        assertThat(here.get(
                                "/api/v1/resource/?full=true&after=0",
                                "Authorization",
                                here.authorization(RunningLibrary.READER))
                        .body())
                .contains("\"guid\":\"" + one.guid() + "\",\"status\":\"deleted\"");
        assertThat(client.get("/review").page().select("form.last")).isEmpty();
    }

    @Test
    void the_list_is_sorted_and_filtered_by_words() {
        pending("Beta");
        pending("Gamma");
        pending(
                Guid.random(),
                content("Alpha").toBuilder()
                        .description(LocalizedText.of("en", "<p>Cholera kits</p>"))
                        .build());

        assertThat(titles(client.get("/review").page())).containsExactly("Alpha", "Gamma", "Beta");
        assertThat(titles(client.get("/review?sort=title").page())).containsExactly("Alpha", "Beta", "Gamma");
        Document found = client.get("/review?q=CHOLERA+kit").page();
        assertThat(titles(found)).containsExactly("Alpha");
        assertThat(found.select(".tabs a").first().text()).isEqualTo("New 1");
        assertThat(found.select(".inbox-filters input[name=q]").val()).isEqualTo("CHOLERA kit");
        assertThat(titles(client.get("/review?q=%25%27").page())).isEmpty();
    }

    @Test
    void everything_in_a_list_is_decided_on_after_a_confirmation_except_what_came_later() {
        for (int i = 0; i < 25; i++) {
            pending("Good " + i);
        }
        Resource other = pending("Other");
        Document page = client.get("/review?q=good").page();
        Resource late = pending("Good but late");

        Document sure = client.submit(
                        page, "form.inbox", "do", "approve", "page", "yes", "list", "yes", "note", "all read")
                .page();
        assertThat(sure.select("h1").text()).isEqualTo("Approve all 25 in this list");
        assertThat(find(other.guid()).status()).isEqualTo(Status.PENDING);
        Answer done = client.submit(sure, "main form", "do", "approve");

        Document after = client.get(done.location()).page();
        assertThat(after.select(".notice").text()).isEqualTo("25 resources were approved.");
        assertThat(titles(after)).containsExactly("Good but late");
        assertThat(find(late.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(find(other.guid()).status()).isEqualTo(Status.PENDING);
        assertThat(here.texts("select distinct note from decision")).containsExactly("all read");
        Answer again = client.submit(sure, "main form", "do", "approve");
        assertThat(client.get(again.location()).page().select(".notice").text())
                .as("a form that was sent twice")
                .isEqualTo("25 resources were approved.");
        assertThat(here.texts("select count(*) from decision")).containsExactly("25");
        assertThat(client.submit(
                                sure,
                                "main form",
                                "do",
                                "reject",
                                "action",
                                UUID.randomUUID().toString())
                        .status())
                .isEqualTo(422);
        assertThat(client.submit(page, "form.inbox", "do", "reject", "page", "yes", "list", "yes", "mark", "1:2:'")
                        .status())
                .isEqualTo(422);

        client.submit(after, "form.last");
        assertThat(client.get("/review?q=good").page().select(".tabs a").first().text())
                .isEqualTo("New 26");
    }

    @Test
    void the_bar_selects_the_page_and_then_the_whole_list() {
        for (int i = 0; i < 21; i++) {
            pending("Good " + i);
        }
        pending("Other");
        Document page = client.get("/review").page();
        assertThat(page.select(".bar label:has(input)").eachText())
                .containsExactly("Select this page", "Select all 22 in this list");
        assertThat(page.select(".bar .tally").text()).startsWith("20 of 22 shown");
        assertThat(client.get("/review?q=good")
                        .page()
                        .select(".bar .everything")
                        .text())
                .isEqualTo("All 20 on this page are selected. Select all 21 that match the filter");
        assertThat(client.get("/review?q=other").page().select(".bar .everything"))
                .isEmpty();

        // Only together with the page, because the choice of the list is hidden without it.
        assertThat(client.submit(page, "form.inbox", "do", "approve", "list", "yes")
                        .status())
                .isEqualTo(422);
        Answer tooLong = client.submit(
                page, "form.inbox", "do", "approve", "page", "yes", "list", "yes", "note", "x".repeat(2_001));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.page().select(".bar input[checked]").eachAttr("name"))
                .containsExactly("page", "list");
        assertThat(tooLong.page().select("input[name=chosen][checked]")).hasSize(20);
        assertThat(here.texts("select count(*) from decision")).containsExactly("0");

        Answer answer = client.submit(page, "form.inbox", "do", "approve", "page", "yes");
        assertThat(client.get(answer.location()).page().select(".notice").text())
                .isEqualTo("20 resources were approved.");
    }

    @Test
    void a_resource_is_read_beside_the_list_and_the_next_one_follows_its_decision() {
        for (int i = 0; i < 25; i++) {
            pending("Resource " + i);
        }
        Document page = client.get("/review").page();
        assertThat(page.select(".pane > h2").text()).isEqualTo("Resource 24");
        assertThat(page.select(".panes").hasClass("chosen")).isFalse();
        String last = page.select("[data-entry] h2 a").last().attr("href");

        Document beside = client.get(last).page();
        assertThat(beside.select(".pane > h2").text()).isEqualTo("Resource 5");
        assertThat(beside.select("[data-entry].read h2").text()).isEqualTo("Resource 5");
        Answer answer = client.submit(beside, "#decide", "do", "reject", "note", "old");
        Document next = client.get(answer.location()).page();

        assertThat(next.select(".pane > h2").text()).isEqualTo("Resource 4");
        assertThat(titles(next)).hasSize(20).contains("Resource 4").doesNotContain("Resource 5");
        assertThat(next.select(".panes").hasClass("chosen")).isTrue();
        Document further =
                client.get(next.select("#item a[rel=next]").attr("href")).page();
        assertThat(further.select(".pane > h2").text()).isEqualTo("Resource 3");
        assertThat(titles(further)).containsExactly("Resource 3", "Resource 2", "Resource 1", "Resource 0");
        assertThat(client.get("/review?item=" + Guid.random()).status()).isEqualTo(200);
    }
}

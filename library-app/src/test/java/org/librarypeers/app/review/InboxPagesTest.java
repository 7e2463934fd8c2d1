package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
                .containsExactly("New 1", "Changed upstream 1", "Withdrawn upstream 1");
        assertThat(titles(page)).containsExactly("New");
        assertThat(page.select("[data-entry]").text()).contains("Made here", "Wash your hands.", "Water");
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
        assertThat(titles(client.get("/review?peer=" + peer.id()).page())).containsExactly("There");
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

        Answer answer = client.submit(page, "form.inbox", "do", "reject-shown");

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

        Answer approved = client.submit(page, "form.inbox", "do", "approve-shown");

        assertThat(client.get(approved.location()).page().select(".notice").text())
                .isEqualTo("One resource was approved. 2 had already been approved by somebody else."
                        + " One was rejected by somebody else in the meantime and stays rejected."
                        + " One is no longer in this library.");
        assertThat(find(three.guid()).status()).isEqualTo(Status.REJECTED);

        Answer rejected = client.submit(page, "form.inbox", "do", "reject-shown");

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
        assertThat(nothing.page().select("textarea").text()).isEqualTo("kept <b>");

        String shown = page.selectFirst("input[name=shown]").val();
        Answer tooLong = client.submit(page, "form.inbox", "do", "approve", "chosen", shown, "note", "x".repeat(2_001));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.page().select("#w-note").text()).contains("2,001");
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
}

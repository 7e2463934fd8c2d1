package org.librarypeers.app.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;

class ReviewPagesTest {

    private static final UserName EDITOR = new UserName("editor");

    private static RunningLibrary maker;
    private static RunningLibrary here;
    private static Peer peer;

    private final ReviewService review = here.library().review();
    private PageClient client;

    @BeforeAll
    static void start() {
        maker = RunningLibrary.start();
        here = RunningLibrary.start();
        peer = here.addPeer(maker);
    }

    @AfterAll
    static void stop() {
        here.close();
        maker.close();
    }

    @BeforeEach
    void beginEmpty() {
        maker.removeResources();
        here.removeResources();
        here.execute("truncate harvest, offer, bad_item");
        client = new PageClient(here.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
    }

    private static ResourceContent content(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    private static Resource pending(String title) {
        return pending(Guid.random(), content(title));
    }

    private static Resource pending(Guid guid, ResourceContent content) {
        here.library()
                .storage()
                .resources()
                .save(Resource.create(
                        guid, content, EDITOR, here.library().clock().instant()));
        return find(guid);
    }

    private static Resource find(Guid guid) {
        return here.library().storage().resources().find(guid).orElseThrow();
    }

    private static void sync(SyncScope scope) {
        here.library().sync().sync(peer, scope, SyncListener.NONE);
    }

    /** Published at the maker, and brought here. */
    private static Guid brought(ResourceContent content) {
        Guid guid = maker.publish(Guid.random(), content).guid();
        sync(SyncScope.CHANGES);
        return guid;
    }

    /** The maker says something else. */
    private static void change(Guid guid, ResourceContent content) {
        Resource resource = maker.library().storage().resources().find(guid).orElseThrow();
        maker.library()
                .storage()
                .resources()
                .save(resource.edit(content, EDITOR, maker.library().clock().instant()));
        sync(SyncScope.CHANGES);
    }

    private static List<String> titles(Document page) {
        return page.select("[data-entry] h2").eachText();
    }

    private static String path(Guid guid) {
        return "/review/" + guid;
    }

    @Test
    void the_inbox_says_what_waits_by_kind_from_whom_and_how_it_begins() {
        Guid changed = brought(content("Changed"));
        // A peer that offers much less at once is not believed.
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
        assertThat(titles(client.get("/review?kind=changed").page())).containsExactly("Changed since");
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
        assertThat(unknown.select("#w-tag").text()).contains("No tag is called");
        assertThat(titles(client.get("/review?peer=x&language=%27&kind=%3Cb%3E").page()))
                .isEmpty();
    }

    @Test
    void the_inbox_is_read_page_by_page_there_and_back() {
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
    void chosen_ones_are_decided_on_together_with_a_note() {
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
    void all_that_is_shown_is_rejected_but_for_what_changed_meanwhile() {
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
                .startsWith("One resource was rejected. One is not as it was shown");
        assertThat(find(one.guid()).status()).isEqualTo(Status.REJECTED);
        assertThat(find(two.guid()).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void nothing_is_decided_without_a_choice_or_with_a_note_that_is_too_long() {
        Resource one = pending("One");
        Document page = client.get("/review").page();

        Answer nothing = client.submit(page, "form.inbox", "do", "approve", "note", "kept <b>");
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.page().select(".problem").text()).startsWith("Choose at least one");
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
    void a_resource_is_read_whole_and_can_do_nothing_to_its_reader() {
        Guid guid = pending(
                        Guid.random(),
                        content("Safe <i>water</i>").toBuilder()
                                .title(LocalizedText.of("en", "Safe <i>water</i>")
                                        .with("ar", "مياه آمنة"))
                                .description(LocalizedText.of(
                                        "en", "<h1>Boil</h1><img src=x onerror=x()><a href='javascript:x()'>it</a>"))
                                .tags(List.of(Tag.of("Topic", "Water")))
                                .links(List.of(new Link(
                                        Guid.random(),
                                        LocalizedText.of("en", "Trap"),
                                        LocalizedText.empty(),
                                        "javascript:alert(1)",
                                        0,
                                        0)))
                                .files(List.of(new FileLink(
                                        Guid.random(),
                                        LocalizedText.of("en", "Book"),
                                        LocalizedText.empty(),
                                        "https://orb.example.org/media/book.pdf?x=1",
                                        0,
                                        2_500_000)))
                                .build())
                .guid();

        Document page = client.get(path(guid)).page();

        assertThat(page.select("h1").text()).isEqualTo("Safe <i>water</i>");
        assertThat(page.select(".reading [lang=ar]").attr("dir")).isEqualTo("rtl");
        assertThat(page.select(".reading").text()).contains("Topic: Water", "PDF · 2.4 MB", "no safe web address");
        assertThat(page.select("a[href^=javascript], main script, [onerror]")).isEmpty();
        assertThat(page.select(".reading a").eachAttr("href"))
                .containsExactly("https://orb.example.org/media/book.pdf?x=1");
        assertThat(page.select("table.diff")).isEmpty();
    }

    @Test
    void what_changed_upstream_is_shown_against_what_was_decided_on() {
        Guid guid = brought(content("Safe water for all"));
        client.submit(client.get(path(guid)).page(), "#decide", "do", "reject", "note", "not for all");
        change(guid, content("Safe water for some"));
        change(guid, content("Clean water for some"));

        Document page = client.get(path(guid) + "?kind=changed").page();

        assertThat(page.select("table.diff del").eachText()).containsExactly("Safe", "all");
        assertThat(page.select("table.diff ins").eachText()).containsExactly("Clean", "some");
        assertThat(page.select("table.diff thead").text()).contains("revision 1", "revision 3");
        assertThat(page.select("main").text())
                .contains("A peer changed it after it was rejected", "by reviewer", "on revision 1", "not for all");
    }

    @Test
    void after_a_decision_the_next_one_is_read_and_after_the_last_the_list() {
        for (int i = 0; i < 3; i++) {
            pending("Resource " + i);
        }
        String first =
                client.get("/review").page().selectFirst("[data-entry] h2 a").attr("href");
        Document second = client.get(
                        client.get(first).page().selectFirst("a[rel=next]").attr("href"))
                .page();
        assertThat(second.select("a[rel=prev]").attr("href")).isEqualTo(first);

        Answer on = client.submit(second, "#decide", "do", "approve");
        Document third = client.get(on.location()).page();
        assertThat(third.select(".notice").text()).contains("was approved");
        assertThat(third.select("a[rel=next]")).isEmpty();

        Answer back = client.submit(third, "#decide", "do", "reject");
        assertThat(back.location()).isEqualTo(first);
        Answer done = client.submit(client.get(back.location()).page(), "#decide", "do", "reject");
        assertThat(done.location()).isEqualTo("/review?kind=pending");
        assertThat(client.get(done.location()).page().select(".empty").text())
                .contains("No new resources wait for a review.");
    }

    @Test
    void what_changed_while_it_was_read_is_shown_again_and_not_decided_on() {
        Guid guid = brought(content("Water"));
        Document page = client.get(path(guid)).page();
        change(guid, content("Something else"));

        Answer answer = client.submit(page, "#decide", "do", "approve", "note", "my note");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).startsWith("It changed while you were reading");
        assertThat(answer.page().select("h1").text()).isEqualTo("Something else");
        assertThat(answer.page().select("textarea").text()).isEqualTo("my note");
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
        assertThat(review.decisions(guid)).isEmpty();

        assertThat(client.submit(answer.page(), "#decide", "do", "approve").status())
                .isEqualTo(303);
        assertThat(find(guid).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void what_somebody_else_decided_meanwhile_stays_decided() {
        Guid guid = pending("Water").guid();
        Document page = client.get(path(guid)).page();
        review.reject(List.of(guid));

        Answer answer = client.submit(page, "#decide", "do", "approve");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.page().select(".problem").text()).startsWith("Somebody else decided");
        assertThat(find(guid).status()).isEqualTo(Status.REJECTED);
    }

    @Test
    void only_reviewers_decide_and_only_with_a_form_of_ours() {
        Guid guid = pending("Water").guid();
        PageClient reader = new PageClient(here.address());
        assertThat(reader.get("/review").location()).startsWith("/signin");
        reader.signIn(RunningLibrary.READER.value(), "a reader's password");
        assertThat(reader.get("/review").status()).isEqualTo(403);
        assertThat(reader.get(path(guid)).status()).isEqualTo(403);
        assertThat(client.post(path(guid), "do", "approve", "seen", "1-pending").status())
                .isEqualTo(403);
        assertThat(client.post("/review", "do", "approve-shown", "shown", guid + ":1-pending")
                        .status())
                .isEqualTo(403);
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_form_that_is_incomplete_decides_nothing_and_what_does_not_exist_is_not_found() {
        Guid guid = pending("Water").guid();
        Document page = client.get(path(guid)).page();

        assertThat(client.submit(page, "#decide", "do", "publish").status()).isEqualTo(422);
        assertThat(client.submit(page, "#decide", "do", "approve", "seen", "x").status())
                .isEqualTo(422);
        assertThat(client.get(path(Guid.random())).status()).isEqualTo(404);
        assertThat(client.get("/review/nothing").status()).isEqualTo(404);
        assertThat(find(guid).status()).isEqualTo(Status.PENDING);
    }

    @Test
    void an_empty_inbox_says_what_to_do_next() {
        brought(content("Water"));

        assertThat(client.get("/review?kind=changed").page().select(".empty").text())
                .contains("One new resource waits: read it");
        assertThat(client.get("/review?kind=pending&language=fr")
                        .page()
                        .select(".empty a")
                        .attr("href"))
                .isEqualTo("/review?kind=pending");
    }
}

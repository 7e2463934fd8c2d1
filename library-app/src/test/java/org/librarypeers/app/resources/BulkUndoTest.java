package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.app.web.StatementLog;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.ReviewSnapshot;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TagRule;
import org.librarypeers.sync.SyncListener;

/** Tests of changes of several resources that are undone. */
@Timeout(180)
class BulkUndoTest {

    private static final String PASSWORD = "a reviewer's password";
    private static final Tag WATER = Tag.of("Topic", "Water");
    private static final String ALL = "all";

    private static RunningLibrary here;

    private PageClient reviewer;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void signIn() {
        here.removeResources();
        here.truncate("feed_reader");
        reviewer = signedIn("en");
    }

    private static PageClient signedIn(String language) {
        PageClient client = new PageClient(here.address(), language);
        client.signIn(RunningLibrary.REVIEWER.value(), PASSWORD);
        return client;
    }

    private static Resource publish(String title, Tag... tags) {
        return here.publish(
                Guid.random(),
                ResourceContent.titled(LocalizedText.of("en", title))
                        .tags(List.of(tags))
                        .build());
    }

    private static Resource found(Resource resource) {
        return here.library().storage().resources().find(resource.guid()).orElseThrow();
    }

    private static Instant now() {
        return here.library().clock().instant();
    }

    /** Makes a change with the form of the list, and returns the list afterwards. */
    private Document change(String list, String... fields) {
        Answer preview = reviewer.submit(reviewer.get(list).page(), "#bulk", fields);
        Answer done = reviewer.submit(preview.page(), "main form");
        assertThat(done.status()).as(done.page().text()).isEqualTo(303);
        return reviewer.get(done.location()).page();
    }

    /** Undoes the change that a page offers to undo, and returns the page afterwards. */
    private Document undo(Document page) {
        Answer undone = reviewer.submit(page, "form.last");
        assertThat(undone.status()).isEqualTo(303);
        return reviewer.get(undone.location()).page();
    }

    private static String bar(Document page) {
        return page.select("form.last p").text();
    }

    private static String notice(Document page) {
        return page.select(".notice").text();
    }

    @Test
    void an_added_tag_is_taken_back_and_each_resource_is_exactly_as_it_was() {
        Resource one = publish("One");
        Resource two = publish("Two", Tag.of("Audience", "Nurses"));
        Resource has = publish("Has it", WATER);

        Document list =
                change("/resources?status=approved&sort=title", "action", "add", "label", "topic: water", ALL, "on");

        assertThat(bar(list))
                .isEqualTo("Tag “Topic: Water” added to 2 resources. No other library has fetched this yet.");
        Resource tagged = found(two);
        assertThat(tagged.content().tags()).hasSize(2);

        Document undone = undo(list);

        assertThat(undone.location()).endsWith("sort=title");
        assertThat(notice(undone))
                .isEqualTo("The changes of 2 resources were undone. The resources are as they were before.");
        assertThat(undone.select("form.last")).isEmpty();
        for (Resource before : List.of(one, two, has)) {
            assertThat(ReviewSnapshot.of(found(before))).isEqualTo(ReviewSnapshot.of(before));
            assertThat(found(before).content()).isEqualTo(before.content());
        }
        assertThat(found(two).updated()).isAfter(tagged.updated());
        assertThat(found(has).updated()).isEqualTo(has.updated());
        // What the change made stays readable.
        assertThat(here.library().storage().resources().history(two.guid()))
                .extracting(Revision::number)
                .containsExactly(2);
    }

    @Test
    void a_removed_tag_comes_back_in_its_place() {
        Tag nurses = Tag.of("Audience", "Nurses");
        Resource one = publish("One", WATER, nurses);

        Document list = change("/resources", "action", "remove", "label", "Topic: Water", ALL, "on");
        assertThat(bar(list)).startsWith("Tag “Topic: Water” removed from one resource.");
        assertThat(found(one).content().tags()).containsExactly(nurses);

        undo(list);
        assertThat(found(one).content().tags()).containsExactly(WATER, nurses);
    }

    @Test
    void archived_resources_are_public_again_and_submitted_ones_are_archived_again() {
        List<Resource> resources = List.of(publish("One"), publish("Two"));

        Document archived = change("/resources", "action", "archive", ALL, "on");
        assertThat(bar(archived)).startsWith("Archived: 2 resources.");
        Document submitted = change("/resources", "action", "submit", ALL, "on");
        assertThat(bar(submitted)).isEqualTo("Submitted for review: 2 resources.");
        assertThat(resources).allMatch(resource -> found(resource).status() == Status.PENDING);

        undo(submitted);
        assertThat(resources).allMatch(resource -> found(resource).status() == Status.ARCHIVED);
        // The earlier page still has its form.
        undo(archived);
        assertThat(resources).allMatch(resource -> found(resource).status() == Status.APPROVED);
        assertThat(resources)
                .allSatisfy(resource ->
                        assertThat(ReviewSnapshot.of(found(resource))).isEqualTo(ReviewSnapshot.of(resource)));
    }

    @Test
    void what_somebody_changed_since_stays_and_is_named() {
        List<Resource> resources = new ArrayList<>();
        for (String title : List.of("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")) {
            resources.add(publish(title));
        }
        Document list = change("/resources", "action", "add", "label", "Topic: Water", ALL, "on");
        List<Resource> later = resources.subList(0, 4);
        for (Resource resource : later) {
            here.library().storage().resources().save(found(resource).archive(now()));
        }

        Document undone = undo(list);

        List<String> named = later.stream()
                .sorted(Comparator.comparing(Resource::guid))
                .limit(3)
                .map(resource -> resource.content().title().best(List.of("en")))
                .toList();
        assertThat(notice(undone))
                .startsWith("The changes of 2 resources were undone.")
                .contains("4 resources have changed since then, so they stay as they are:")
                .contains(named)
                .endsWith(" · ….");
        assertThat(later).allMatch(resource -> found(resource).content().tags().equals(List.of(WATER)));
        assertThat(resources.subList(4, 6))
                .allMatch(resource -> found(resource).content().tags().isEmpty());
    }

    @Test
    void an_update_of_the_source_is_not_overwritten() {
        try (RunningLibrary malawi = RunningLibrary.start("Malawi")) {
            Resource theirs = malawi.publish("Nets");
            Peer peer = here.addPeer(malawi);
            here.library().sync().sync(peer, SyncListener.NONE);
            here.library().review().approveAll();
            Document list = change("/resources", "action", "add", "label", "Topic: Water", ALL, "on");
            malawi.library()
                    .authoring()
                    .edit(
                            theirs.guid(),
                            1,
                            before -> before.toBuilder()
                                    .title(LocalizedText.of("en", "Nets, second edition"))
                                    .build(),
                            RunningLibrary.REVIEWER,
                            false);
            here.library().sync().sync(peer, SyncListener.NONE);

            assertThat(notice(undo(list)))
                    .isEqualTo("Nothing was undone. One resource has changed since then, so it stays as it is:"
                            + " Nets, second edition.");
            assertThat(found(theirs).content().title().in("en")).contains("Nets, second edition");
            here.library().sync().remove(peer.id());
        }
    }

    @Test
    void many_resources_are_changed_and_undone_in_batches() {
        here.publishMany(230);
        Document list = change("/resources", "action", "archive", ALL, "on");
        assertThat(bar(list)).startsWith("Archived: 230 resources.");

        assertThat(notice(undo(list))).startsWith("The changes of 230 resources were undone.");

        assertThat(here.library().storage().resources().counts()).containsOnlyKeys(Status.APPROVED);
        assertThat(here.texts(
                        "select details ->> 'count' from audit_entry where action = 'changes-undone' order by id desc"
                                + " limit 3"))
                .containsExactly("30", "100", "100");
    }

    @Test
    void a_second_click_says_that_it_was_undone_already() {
        publish("One");
        publish("Two");
        Document list = change("/resources", "action", "archive", ALL, "on");
        undo(list);

        assertThat(notice(undo(list))).isEqualTo("Nothing was undone. 2 had been undone already.");
    }

    @Test
    void libraries_that_may_have_fetched_a_change_are_counted() throws Exception {
        Resource one = publish("One");
        Document tagged = change("/resources", "action", "add", "label", "Topic: Water", ALL, "on");
        assertThat(bar(tagged)).endsWith("No other library has fetched this yet.");
        readFeed();
        assertThat(bar(reviewer.get("/resources").page()))
                .endsWith("One library may have fetched this. It receives the undo with its next sync.");

        undo(reviewer.get("/resources").page());
        assertThat(readFeed()).doesNotContain("Water");

        // A library that has the resource notices that it is archived. One that has not fetched it does not.
        Document archived = change("/resources", "action", "archive", ALL, "on");
        assertThat(bar(archived)).endsWith("It receives the undo with its next sync.");
        assertThat(readFeed()).contains("\"guid\":\"" + one.guid() + "\",\"status\":\"deleted\"");
        undo(archived);
        assertThat(readFeed()).contains("\"title\":\"One\"").doesNotContain("deleted");
        publish("Not fetched");
        Document other = change("/resources?words=fetched", "action", "archive", ALL, "on");
        assertThat(bar(other)).isEqualTo("Archived: one resource. No other library has fetched this yet.");
    }

    private static String readFeed() throws Exception {
        return here.get(
                        "/api/v1/resource/?full=true&after=0",
                        "Authorization",
                        here.authorization(RunningLibrary.READER))
                .body();
    }

    @Test
    void a_tag_that_was_merged_since_comes_back_under_its_new_name() {
        Resource one = publish("One", Tag.of("Topic", "Rain"));
        Document list = change("/resources", "action", "remove", "label", "Topic: Rain", ALL, "on");
        here.library()
                .curation()
                .map(new TagRule(null, "Topic", "Rain", "Topic", "Rainwater"), RunningLibrary.REVIEWER);
        while (here.library().curation().step(100) > 0) {
            // Goes on with the next resources.
        }

        undo(list);

        assertThat(found(one).content().tags()).extracting(Tag::key).containsExactly(new Tag.Key("Topic", "Rainwater"));
    }

    @Test
    void the_offer_is_for_the_person_who_made_the_change_and_only_for_a_change() {
        publish("One");
        Document list = change("/resources", "action", "archive", ALL, "on");
        assertThat(signedIn("en").get("/resources").page().select("form.last")).isEmpty();

        assertThat(reviewer.submit(
                                list, "form.last", "action", UUID.randomUUID().toString())
                        .status())
                .isEqualTo(404);
        assertThat(reviewer.submit(list, "form.last", "action", "nonsense").status())
                .isEqualTo(404);
        assertThat(reviewer.submit(list, "form.last", "next", "https://elsewhere.example")
                        .location())
                .isEqualTo("/");
        assertThat(new PageClient(here.address())
                        .post(
                                "/resources/bulk/undo",
                                "action",
                                list.select("form.last [name=action]").val())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_change_that_changes_nothing_offers_no_undo() {
        publish("One", WATER);
        Document list = change("/resources", "action", "add", "label", "Topic: Water", ALL, "on");

        assertThat(notice(list)).isEqualTo("0 resources were changed.");
        assertThat(list.select("form.last")).isEmpty();
    }

    @Test
    void the_bar_stays_when_the_filter_finds_nothing_more_and_speaks_the_language_of_the_visitor() {
        publish("One");
        reviewer = signedIn("ar");

        Document list = change("/resources?status=approved", "action", "archive", ALL, "on");

        assertThat(list.select("tbody tr")).isEmpty();
        assertThat(bar(list)).isEqualTo("أُرشف مورد واحد. لم تجلب أي مكتبة أخرى هذا بعد.");
        assertThat(undo(list).select("tbody tr")).hasSize(1);
    }

    @Test
    void the_offer_costs_two_statements() {
        publish("One");
        Document list = change("/resources", "action", "add", "label", "Topic: Water", ALL, "on");
        assertThat(list.select("form.last")).hasSize(1);
        PageClient other = signedIn("en");
        try (StatementLog log = new StatementLog(here)) {
            int without = log.during(() -> other.get("/resources")).size();
            assertThat(log.during(() -> reviewer.get("/resources"))).hasSize(without + 2);
        }
    }

    @Test
    void changes_are_forgotten_after_a_day() {
        IntStream.range(0, 2).forEach(i -> publish("Number " + i));
        Document list = change("/resources", "action", "archive", ALL, "on");
        var changes = here.library().storage().bulkChanges();

        assertThat(changes.removeOld(now().minus(Duration.ofDays(1)), 1_000)).isZero();
        assertThat(changes.removeOld(now().plusSeconds(1), 1_000)).isPositive();

        assertThat(reviewer.submit(list, "form.last").status()).isEqualTo(404);
        assertThat(reviewer.get("/resources").page().select("form.last")).isEmpty();
    }
}

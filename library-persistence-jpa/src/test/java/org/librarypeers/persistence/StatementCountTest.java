package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.contract.SampleProgress;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.Source;

/** Tests that a page takes a small, constant number of statements, however many resources it has. */
class StatementCountTest {

    private static final int PAGE = 500;

    private final CountingDataSource counting =
            new CountingDataSource(TestDatabase.shared().pool());
    private JpaStorage storage;

    @BeforeEach
    void begin() {
        TestDatabase.sharedStorage();
        storage = TestDatabase.shared().storage().dataSource(counting).build();
        // Runs the statements that are executed once per process, so that they are not counted.
        storage.resources().save(Samples.local(Samples.hostile()));
        storage.catalogue().index(PAGE);
        counting.executed();
    }

    @AfterEach
    void end() {
        storage.close();
    }

    @Test
    void saving_a_page_of_new_resources_is_one_insert_per_table() {
        storage.resources().save(page(0));
        counting.executed();
        counting.written();

        // All tags of this page are known.
        storage.resources().save(page(1));

        List<String> executed = counting.executed();
        for (String table : List.of("resource ", "attachment ", "resource_tag ", "search_backlog ")) {
            assertThat(inserts(executed, table)).as("inserts into " + table).isEqualTo(1);
        }
        // Besides the inserts: two look-ups, of resources and of tags; two statements for slugs; nine blocks of ids.
        assertThat(executed).hasSizeLessThanOrEqualTo(4 + 2 + 2 + 9);
        // Each resource, three attachments, five taggings, and a note that its words are to be indexed.
        assertThat(counting.written()).isEqualTo(PAGE * (2 + 3 + 5));
    }

    @Test
    void new_resources_are_written_once_unless_they_are_served() {
        storage.resources().save(page(0));
        assertThat(counting.executed()).noneMatch(sql -> sql.startsWith("update "));

        storage.resources()
                .save(page(1).stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList());
        assertThat(counting.executed())
                .filteredOn(sql -> sql.startsWith("update "))
                .singleElement()
                .asString()
                .startsWith("update resource set feed_position");
    }

    @Test
    void a_page_of_the_dated_feed_takes_as_many_statements_for_many_as_for_few() {
        storage.resources()
                .save(page(0).stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList());
        Instant now = storage.datedFeed().now();
        DatedQuery query = new DatedQuery(now.minusSeconds(86_400), now, DatedSet.ofLanguage("en"), 0);
        storage.datedFeed().entries(query, PAGE);
        counting.executed();

        for (int limit : List.of(1, 10, PAGE)) {
            assertThat(storage.datedFeed().entries(query, limit)).hasSize(limit);
            // The positions of the period; the entries; their attachments; their taggings.
            assertThat(counting.executed()).hasSize(4);
        }
        storage.datedFeed().now();
        assertThat(counting.executed()).hasSize(1);
    }

    @Test
    void changing_a_page_of_resources_is_a_few_batches() {
        List<Resource> page = page(0);
        storage.resources().save(page);
        counting.executed();

        storage.inTransaction(() -> {
            List<Resource> changed = new ArrayList<>();
            storage.resources()
                    .findForUpdate(guids(page))
                    .values()
                    .forEach(resource -> changed.add(resource.edit(
                            content(resource.content().title().in("en").orElseThrow() + " again", resource.guid()),
                            Samples.AMINA,
                            Samples.NOON)));
            storage.resources().save(changed);
        });

        List<String> executed = counting.executed();
        assertThat(inserts(executed, "revision ")).isEqualTo(1);
        assertThat(executed)
                .filteredOn(sql -> sql.startsWith("update resource set status"))
                .hasSize(1);
        for (String table : List.of("resource", "attachment", "resource_tag")) {
            assertThat(reads(executed, table)).as("reads of " + table).isEqualTo(1);
        }
        assertThat(executed).hasSizeLessThanOrEqualTo(24);
    }

    @Test
    void resources_that_were_locked_and_not_found_are_added_without_another_look() {
        List<Resource> page = page(0);
        counting.executed();

        storage.inTransaction(() -> {
            assertThat(storage.resources().findForUpdate(guids(page))).isEmpty();
            storage.resources().save(page);
        });

        assertThat(counting.executed())
                .filteredOn(sql -> sql.contains(" from resource ") && sql.contains(".guid in "))
                .hasSize(1);
    }

    @Test
    void reading_a_page_is_a_few_selects() {
        List<Resource> page = page(0);
        storage.resources().save(page);
        counting.executed();

        assertThat(storage.resources().find(guids(page))).hasSize(PAGE);

        assertThat(counting.executed()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void serving_a_page_is_a_few_selects() {
        List<Resource> approved =
                page(0).stream().map(resource -> resource.approve(Samples.NOON)).toList();
        storage.resources().save(approved);
        counting.executed();

        List<CatalogueEntry> changes = storage.catalogue().changes(0, PAGE);
        assertThat(changes).hasSize(PAGE);
        assertThat(counting.executed()).hasSizeLessThanOrEqualTo(5);

        CatalogueQuery query = new CatalogueQuery(
                Viewer.PUBLIC, Set.of(Status.APPROVED), null, null, CatalogueQuery.Order.TITLE, "en", null, 0, PAGE);
        assertThat(storage.catalogue().list(query).items()).hasSize(PAGE);
        assertThat(counting.executed()).hasSize(2);

        storage.catalogue().index(PAGE);
        counting.executed();
        assertThat(storage.catalogue().search("resource tag", 0, PAGE)).hasSize(PAGE);
        assertThat(counting.executed()).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void indexing_a_page_is_a_few_statements() {
        storage.resources().save(page(0));
        counting.executed();
        counting.written();

        assertThat(storage.catalogue().index(PAGE)).isEqualTo(PAGE);

        // The lock; which resources; these with attachments, taggings and tags; their words; the end of their wait.
        assertThat(counting.executed()).hasSizeLessThanOrEqualTo(1 + 1 + 4 + 1 + 1);
        assertThat(counting.written()).isEqualTo(PAGE * 2);
        assertThat(storage.catalogue().index(PAGE)).isZero();
        assertThat(counting.executed()).hasSize(2);
    }

    @Test
    void a_decision_does_not_index_the_words_again() {
        List<Resource> page = page(0);
        storage.resources().save(page);
        storage.catalogue().index(PAGE);

        storage.inTransaction(() -> storage.resources()
                .save(storage.resources().findForUpdate(guids(page)).values().stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList()));

        assertThat(storage.catalogue().unindexed(PAGE)).isZero();
    }

    @Test
    void noting_a_page_is_a_few_statements() {
        Peer peer = Samples.peer(storage.peers().nextId(), "https://a.example.org");
        storage.peers().save(peer);
        Map<Guid, AcceptedItem> taken = new HashMap<>();
        Map<String, String> absent = new HashMap<>();
        List<QuarantinedItem> bad = new ArrayList<>();
        for (int i = 0; i < PAGE; i++) {
            taken.put(Guid.random(), new AcceptedItem("/api/" + i, "version", false));
            absent.put("/api/absent/" + i, "version");
            bad.add(Samples.unreadable("/api/" + i, null, "no title"));
        }
        try (PeerLease lease = storage.harvest().claim(peer.id()).orElseThrow()) {
            counting.executed();

            storage.harvest()
                    .commit(
                            lease,
                            SampleProgress.progress()
                                    .cursor(new Cursor("c", null))
                                    .accepted(taken)
                                    .absent(absent)
                                    .gone(Set.of("/api/gone"))
                                    .quarantined(bad)
                                    .resolved(Set.of("x"))
                                    .build());

            assertThat(counting.executed()).hasSizeLessThanOrEqualTo(6);

            SyncLog run = SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, Samples.NOON);
            storage.syncLogs().save(run);
            counting.executed();
            storage.syncLogs()
                    .note(
                            run.id(),
                            bad.stream()
                                    .map(item -> new Outcome(Outcome.Kind.FAILED, item.remoteId(), null, item.reason()))
                                    .toList(),
                            Set.of("/api/1"));
            assertThat(counting.executed()).hasSize(2);
        }
    }

    /** The statements that read the entries of a page: resources, attachments and taggings. */
    private static final int ENTRIES = 3;

    private static CatalogueQuery listOf(Viewer viewer, CatalogueQuery.Order order, int offset) {
        return new CatalogueQuery(viewer, EnumSet.allOf(Status.class), null, null, order, "en", null, offset, 20);
    }

    @Test
    void a_page_of_a_list_takes_two_statements_whoever_reads_it_and_wherever_it_is() {
        storage.resources()
                .save(page(0).stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList());
        counting.executed();

        for (Viewer viewer :
                List.of(Viewer.PUBLIC, new Viewer(Samples.AMINA, false), new Viewer(Samples.AMINA, true))) {
            for (CatalogueQuery.Order order : CatalogueQuery.Order.values()) {
                for (int offset : List.of(0, PAGE - 20)) {
                    assertThat(storage.catalogue()
                                    .list(listOf(viewer, order, offset))
                                    .items())
                            .hasSize(20);
                    List<String> executed = counting.executed();
                    assertThat(executed).hasSize(2);
                    // No statement counts approved resources.
                    assertThat(executed.get(0))
                            .startsWith("select cast((select coalesce(sum(number), 0) from resource_count");
                }
            }
        }
    }

    @Test
    void an_entry_and_a_page_of_changes_take_three_statements() {
        storage.resources()
                .save(page(0).stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList());
        long id = storage.catalogue().changes(0, PAGE).get(PAGE - 1).id();
        counting.executed();

        assertThat(storage.catalogue().find(id)).isPresent();
        assertThat(counting.executed()).hasSize(ENTRIES);
        assertThat(storage.catalogue().changes(0, PAGE)).hasSize(PAGE);
        assertThat(counting.executed()).hasSize(ENTRIES);
        assertThat(storage.catalogue().feed(0, PAGE).changes()).hasSize(PAGE);
        assertThat(counting.executed()).hasSize(ENTRIES);
        assertThat(storage.resources().counts()).containsEntry(Status.APPROVED, (long) PAGE);
        assertThat(counting.executed()).hasSize(1);
    }

    @Test
    void a_deletion_is_one_statement_more() {
        Resource resource = Samples.local("Deleted");
        storage.resources().save(List.of(resource.approve(Samples.NOON)));
        storage.resources().save(List.of(read(resource).edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON)));
        counting.executed();
        storage.resources().save(List.of(read(resource).edit(Samples.titled("Again"), Samples.AMINA, Samples.NOON)));
        int edit = counting.executed().size();
        Resource edited = read(resource);
        counting.executed();

        storage.resources().save(List.of(edited.archive(Samples.NOON)));
        List<String> deletion = counting.executed();
        assertThat(deletion).filteredOn(sql -> sql.contains("deletion")).hasSize(1);
        assertThat(deletion).hasSizeLessThanOrEqualTo(edit);

        Resource archived = read(resource);
        counting.executed();
        storage.resources().save(List.of(archived.approve(Samples.NOON)));
        assertThat(counting.executed()).hasSizeLessThanOrEqualTo(edit);
        assertThat(storage.catalogue().deletion(resource.guid())).isEmpty();
    }

    private Resource read(Resource resource) {
        return storage.resources().find(resource.guid()).orElseThrow();
    }

    @Test
    void browsing_takes_a_few_statements_and_its_facets_one_or_two() {
        storage.resources()
                .save(page(0).stream()
                        .map(resource -> resource.approve(Samples.NOON))
                        .toList());
        storage.catalogue().changes(0, PAGE);
        storage.catalogue().index(PAGE);
        counting.executed();

        assertThat(storage.catalogue()
                        .browse(BrowseQuery.APPROVED, BrowseQuery.Order.BEST_FIRST, 0, 20)
                        .items())
                .hasSize(20);
        assertThat(counting.executed()).hasSize(1 + ENTRIES);
        assertThat(storage.catalogue()
                        .browse(BrowseQuery.APPROVED.holding("resource"), BrowseQuery.Order.BEST_FIRST, PAGE - 10, 20)
                        .total())
                .isEqualTo(PAGE);
        // With words, one more asks whether all are indexed, and for the languages of the index.
        assertThat(counting.executed()).hasSize(1 + 1 + ENTRIES);
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).isNotEmpty();
        assertThat(counting.executed()).singleElement().asString().contains(" from resource_count");
        assertThat(storage.catalogue()
                        .facets(BrowseQuery.APPROVED
                                .holding("resource")
                                .in("en")
                                .from(new Source.Here()))
                        .tags())
                .isNotEmpty();
        assertThat(counting.executed()).hasSize(1 + 1);
        assertThat(storage.catalogue().topics()).isNotEmpty();
        assertThat(counting.executed()).singleElement().asString().contains(" from resource_count");
    }

    @Test
    void an_overview_is_one_select() {
        Peer peer = Samples.peer(storage.peers().nextId(), "https://peer.example.org");
        storage.peers().save(peer);
        storage.resources().save(page(0));
        storage.catalogue().all(0, PAGE);
        for (int i = 0; i < 3; i++) {
            storage.syncLogs().save(SyncLog.start(storage.syncLogs().nextId(), peer.id(), null, Samples.NOON));
        }
        counting.executed();

        assertThat(storage.catalogue().origins()).hasSize(1);
        assertThat(storage.syncLogs().latest()).hasSize(1);
        assertThat(storage.harvest().quarantinedCounts()).isEmpty();
        assertThat(storage.reviewQueue().counts(InboxFilter.ALL)).hasSize(3);
        assertThat(storage.syncLogs()
                        .outcomes(new SyncLogId(1), Outcome.Kind.ADDED, 0, 10)
                        .items())
                .isEmpty();
        assertThat(counting.executed()).hasSize(5);
        List<Guid> waiting = storage.reviewQueue().page(InboxFilter.Kind.PENDING, InboxFilter.ALL, null, 50);
        assertThat(storage.catalogue().find(waiting)).hasSize(50);
        assertThat(counting.executed()).hasSize(1 + 3);
    }

    private static long inserts(List<String> executed, String table) {
        return executed.stream()
                .filter(sql -> sql.startsWith("insert into " + table))
                .count();
    }

    private static long reads(List<String> executed, String table) {
        return executed.stream()
                .filter(sql -> sql.startsWith("select ") && sql.contains(" from " + table + " "))
                .count();
    }

    private static List<Guid> guids(List<Resource> resources) {
        return resources.stream().map(Resource::guid).toList();
    }

    static List<Resource> page(int number) {
        List<Resource> page = new ArrayList<>();
        for (int i = 0; i < PAGE; i++) {
            Guid guid = Guid.random();
            page.add(Resource.create(guid, content("Resource " + number + "/" + i, guid), Samples.AMINA, Samples.NOON));
        }
        return page;
    }

    /** Returns a content with two links, one file, and five tags from a vocabulary of one hundred. */
    static ResourceContent content(String title, Guid owner) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tags.add(Tag.of("Category " + i, "Tag " + Math.floorMod(title.hashCode(), 20)));
        }
        return Samples.titled(title).toBuilder()
                .tags(tags)
                .attachments(List.of(
                        link(owner, "https://example.org/1"),
                        link(owner, "https://example.org/2"),
                        file(owner, "https://example.org/3")))
                .build();
    }

    private static Attachment link(Guid owner, String url) {
        return Samples.link(url, 0).withGuid(Guid.ofAttachment(owner, url));
    }

    private static Attachment file(Guid owner, String url) {
        return Samples.file(url, 0).withGuid(Guid.ofAttachment(owner, url));
    }
}

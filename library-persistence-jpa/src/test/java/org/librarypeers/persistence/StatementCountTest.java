package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.contract.SampleProgress;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.PeerLease;
import org.librarypeers.sync.storage.QuarantinedItem;

/** Tests that a page takes a small, constant number of statements, however many resources it has. */
class StatementCountTest extends StatementCounting {

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
}

package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueQuery;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.Source;

/** Tests that a page of a list takes a small, constant number of statements, wherever it is and whoever reads it. */
class ListStatementCountTest extends StatementCounting {

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
        // What a search has found is not searched for again to count the facets.
        assertThat(storage.catalogue()
                        .browseWithFacets(BrowseQuery.APPROVED.holding("resource"), BrowseQuery.Order.BEST_FIRST, 0, 20)
                        .facets()
                        .tags())
                .isNotEmpty();
        assertThat(counting.executed())
                .hasSize(1 + 1 + ENTRIES + 1)
                .filteredOn(sql -> sql.contains("tsquery"))
                .hasSize(1);
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
}

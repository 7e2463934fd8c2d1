package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of a catalogue whose public revisions stay while changes wait for a reviewer. */
@Timeout(60)
abstract class PublicRevisionContract extends ReviewedPeerContract<LibraryStorage> {

    private List<Resource> publicOnes() {
        return storage.catalogue().changes(0, 10).stream()
                .map(CatalogueEntry::resource)
                .toList();
    }

    private List<CatalogueEntry> found(String words) {
        return storage.catalogue().search(words, 0, 10);
    }

    @Test
    void lists_search_and_tags_show_only_public_revisions() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        assertThat(publicOnes()).singleElement().satisfies(each -> assertSame(each, changed));
        assertThat(publicOnes().get(0).content()).isEqualTo(approved.content());
        assertThat(found("ten")).hasSize(1);
        assertThat(found("five")).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).hasSize(1);
    }

    @Test
    void lists_search_and_tags_show_a_change_once_it_is_approved() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        saved(changed.approve(Samples.NOON.plusSeconds(1)));

        assertThat(found("five")).hasSize(1);
        assertThat(found("ten")).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).isEmpty();
    }

    @Test
    void neither_revision_of_an_archived_resource_is_public() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        saved(changed.archive(Samples.NOON.plusSeconds(1)));

        assertThat(publicOnes()).isEmpty();
    }
}

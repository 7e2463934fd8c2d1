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
    void lists_search_and_tags_have_only_what_is_public() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        assertThat(publicOnes()).singleElement().satisfies(each -> assertSame(each, changed));
        assertThat(publicOnes().get(0).content()).isEqualTo(approved.content());
        assertThat(found("ten")).hasSize(1);
        assertThat(found("five")).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).hasSize(1);
    }

    @Test
    void once_approved_a_change_is_what_lists_search_and_tags_have() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        saved(changed.approve(Samples.NOON.plusSeconds(1)));

        assertThat(found("five")).hasSize(1);
        assertThat(found("ten")).isEmpty();
        assertThat(storage.catalogue().facets(BrowseQuery.APPROVED).tags()).isEmpty();
    }

    @Test
    void once_archived_neither_is_public() {
        Resource changed = received(approved, Samples.titled("Dose five"));

        saved(changed.archive(Samples.NOON.plusSeconds(1)));

        assertThat(publicOnes()).isEmpty();
    }
}

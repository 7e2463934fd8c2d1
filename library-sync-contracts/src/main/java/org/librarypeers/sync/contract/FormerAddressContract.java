package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.library.LibraryStorage;

/** Contract tests of {@link org.librarypeers.sync.library.FormerAddresses}. */
abstract class FormerAddressContract extends StorageContract<LibraryStorage> {

    @Test
    void a_former_page_leads_to_its_present_path() {
        assertThat(storage.formerAddresses().page("/resource/170")).isEmpty();

        storage.formerAddresses()
                .addPages(Map.of("/resource/170", "/resource/water", "/resource/file/67/", "/media/é.pdf"));

        assertThat(storage.formerAddresses().page("/resource/170")).contains("/resource/water");
        assertThat(storage.formerAddresses().page("/resource/file/67/")).contains("/media/é.pdf");
        assertThat(storage.formerAddresses().page("/resource/17")).isEmpty();
    }

    @Test
    void the_latest_target_of_a_page_counts() {
        storage.formerAddresses().addPages(Map.of("/resource/170", "/resource/water"));
        storage.formerAddresses().addPages(Map.of("/resource/170", "/resource/safe-water"));

        assertThat(storage.formerAddresses().page("/resource/170")).contains("/resource/safe-water");
    }

    @Test
    void a_former_file_is_found_by_its_decoded_path() {
        StoredFile small = new StoredFile("0".repeat(64), 0);
        StoredFile large = new StoredFile("f".repeat(64), 5_000_000_000L);

        storage.formerAddresses().addFiles(Map.of("/media/a b.pdf", small, "/media/a/b.pdf", large));
        storage.formerAddresses().addFiles(Map.of("/media/a b.pdf", large));

        assertThat(storage.formerAddresses().file("/media/a b.pdf")).contains(large);
        assertThat(storage.formerAddresses().file("/media/a/b.pdf")).contains(large);
        assertThat(storage.formerAddresses().file("/media/a%20b.pdf")).isEmpty();
    }
}

package org.librarypeers.sync.library;

import java.util.Map;
import java.util.Optional;
import org.librarypeers.sync.files.StoredFile;

/** The addresses that a site had before it moved to this library, if they differ from those of this library. */
public interface FormerAddresses {

    /**
     * Adds addresses of pages, or replaces them.
     *
     * @param targets the present paths by the former ones; both begin with a slash and have no query
     */
    void addPages(Map<String, String> targets);

    /** Returns the present path of a page. */
    Optional<String> page(String path);

    /**
     * Adds addresses of files, or replaces them.
     *
     * @param files the files by their former paths, percent-decoded, which begin with a slash
     */
    void addFiles(Map<String, StoredFile> files);

    /** Returns the file with this former path, percent-decoded. */
    Optional<StoredFile> file(String path);
}

package org.librarypeers.bundle;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.peer.ChangePage;

/**
 * The form of the resources in a bundle. It is that of the full feed, with the same remote ids, versions and cursors, so that a library
 * may be read both ways. This adapter does not know that form; whoever assembles the program provides it. Thread-safe.
 */
public interface BundleDocuments {

    /** A line of a bundle, after it was read. */
    sealed interface Document {

        /**
         * A resource.
         *
         * @param item the item, whose body is present
         */
        record Listed(ChangePage.Item item) implements Document {}

        /**
         * A statement that the sending library no longer serves a resource.
         *
         * @param guid the resource
         * @param at when it was no longer served, in the form of the versions of items
         */
        record Deleted(Guid guid, String at) implements Document {}
    }

    /**
     * Returns the document of a resource: JSON in UTF-8 without a line break.
     *
     * @param home the address that is written as that of the sending library, without a slash at the end
     */
    byte[] write(CatalogueEntry entry, String home);

    /** Returns the document of a deletion: JSON in UTF-8 without a line break. */
    byte[] write(Deletion deletion);

    /**
     * Reads a document. An unusable one gives an item with the reason.
     *
     * @param home the address of the library that wrote it
     * @param place where the document is in the bundle, for messages
     */
    Document read(byte[] document, String home, String place);

    /**
     * Returns the cursor at a feed position of the sending library.
     *
     * @param upTo the version of the last resource before it; null if unknown
     */
    Cursor cursor(long position, @Nullable String upTo);

    /** Returns the feed position of a cursor; -1 if it is null or not one of the full feed. */
    long position(@Nullable Cursor cursor);

    /** Returns whether one version of a resource is known to be older than another one of the same library. */
    boolean isOlder(String version, String than);
}

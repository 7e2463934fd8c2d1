package org.librarypeers.domain;

/**
 * A file that belongs to a resource. Other libraries receive its address, not a copy of the file.
 *
 * @param guid the GUID of the file, the same in all libraries
 * @param title the title; may be empty
 * @param description the description; may be empty
 * @param url the download address
 * @param order the position among the files of the resource, in ascending order; not necessarily unique
 * @param sizeBytes the size in bytes; 0 if unknown
 */
public record FileLink(
        Guid guid, LocalizedText title, LocalizedText description, String url, int order, long sizeBytes) {

    /**
     * Validates the file.
     *
     * @throws IllegalArgumentException if the address is missing or too long, or if the size is negative
     */
    public FileLink {
        title = title.withoutOverrides();
        url = Checks.literal("file address", url, Link.MAX_URL);
        Checks.atLeast("file size", 0L, sizeBytes);
    }
}

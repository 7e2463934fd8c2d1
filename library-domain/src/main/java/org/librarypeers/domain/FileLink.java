package org.librarypeers.domain;

/**
 * A file that belongs to a resource. It stays where it was uploaded: other libraries hold its address, not a copy.
 *
 * @param guid the identity that travels
 * @param title may be empty
 * @param description may be empty
 * @param url where the file is downloaded from
 * @param order where it stands among the resource's files, smaller first; need not be unique
 * @param sizeBytes 0 if not known
 */
public record FileLink(
        Guid guid, LocalizedText title, LocalizedText description, String url, int order, long sizeBytes) {

    /**
     * Checks the file.
     *
     * @throws IllegalArgumentException if there is no address, or it is too long, or the size is negative
     */
    public FileLink {
        title = title.withoutOverrides();
        url = Checks.literal("file address", url, Link.MAX_URL);
        Checks.atLeast("file size", 0L, sizeBytes);
    }
}

package org.librarypeers.domain;

/**
 * A web address that belongs to a resource.
 *
 * @param guid the GUID of the link, the same in all libraries
 * @param title the title; may be empty
 * @param description the description; may be empty
 * @param url the address as a library wrote it; it may be unreachable or not even a valid URL, so show only http(s)
 *     URLs as links
 * @param order the position among the links of the resource, in ascending order; not necessarily unique
 * @param sizeBytes the size of the linked file in bytes; 0 if unknown
 */
public record Link(Guid guid, LocalizedText title, LocalizedText description, String url, int order, long sizeBytes) {

    /** The maximum length of an address, in characters. */
    public static final int MAX_URL = 2_000;

    /**
     * Validates the link.
     *
     * @throws IllegalArgumentException if the address is missing or too long, or if the size is negative
     */
    public Link {
        title = title.withoutOverrides();
        url = Checks.literal("link address", url, MAX_URL);
        Checks.atLeast("link size", 0L, sizeBytes);
    }
}

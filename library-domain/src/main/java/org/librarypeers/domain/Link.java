package org.librarypeers.domain;

/**
 * A web address that belongs to a resource.
 *
 * @param guid the identity that travels
 * @param title may be empty
 * @param description may be empty
 * @param url what a library wrote, not checked to be reachable or even an address: pages show only http(s) ones as links
 * @param order where it stands among the resource's links, smaller first; need not be unique
 * @param sizeBytes size of what is behind it, 0 if not known
 */
public record Link(Guid guid, LocalizedText title, LocalizedText description, String url, int order, long sizeBytes) {

    /** The longest address, in characters. */
    public static final int MAX_URL = 2_000;

    /**
     * Checks the link.
     *
     * @throws IllegalArgumentException if there is no address, or it is too long, or the size is negative
     */
    public Link {
        title = title.withoutOverrides();
        url = Checks.literal("link address", url, MAX_URL);
        Checks.atLeast("link size", 0L, sizeBytes);
    }
}

package org.librarypeers.domain;

/**
 * A link or a file of a resource. Other libraries receive the address of a file, not a copy of it.
 *
 * @param kind whether it is a link or a file
 * @param guid the GUID of the attachment, the same in all libraries
 * @param title the title; may be empty
 * @param description the description; may be empty
 * @param url the address as a library wrote it; it may be unreachable or not even a valid URL, so show only http(s)
 *     URLs as links
 * @param order the position among the resource's attachments of this kind, in ascending order; not necessarily unique
 * @param sizeBytes the size of the content at the address in bytes; 0 if unknown
 */
public record Attachment(
        AttachmentKind kind,
        Guid guid,
        LocalizedText title,
        LocalizedText description,
        String url,
        int order,
        long sizeBytes) {

    /** The maximum length of an address, in characters. */
    public static final int MAX_URL = 2_000;

    /**
     * Validates the attachment.
     *
     * @throws IllegalArgumentException if the address is missing or too long, or if the size is negative
     */
    public Attachment {
        title = title.withoutOverrides();
        url = Checks.literal(kind.word() + " address", url, MAX_URL);
        Checks.atLeast(kind.word() + " size", 0L, sizeBytes);
    }

    /** Returns this attachment with another GUID. */
    public Attachment withGuid(Guid another) {
        return new Attachment(kind, another, title, description, url, order, sizeBytes);
    }

    /** Returns this attachment with another title. */
    public Attachment withTitle(LocalizedText another) {
        return new Attachment(kind, guid, another, description, url, order, sizeBytes);
    }

    /** Returns this attachment at another position. */
    public Attachment withOrder(int another) {
        return new Attachment(kind, guid, title, description, url, another, sizeBytes);
    }
}

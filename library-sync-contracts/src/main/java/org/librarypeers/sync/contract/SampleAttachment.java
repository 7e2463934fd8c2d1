package org.librarypeers.sync.contract;

import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;

/** Builds an attachment from the fields that a test is about. All other fields are empty, and the GUID is random. */
public final class SampleAttachment {

    private final AttachmentKind kind;
    private final String url;
    private Guid guid = Guid.random();
    private LocalizedText title = LocalizedText.empty();
    private LocalizedText description = LocalizedText.empty();
    private int order;
    private long sizeBytes;

    private SampleAttachment(AttachmentKind kind, String url) {
        this.kind = kind;
        this.url = url;
    }

    /** Starts a link to this address. */
    public static SampleAttachment link(String url) {
        return new SampleAttachment(AttachmentKind.LINK, url);
    }

    /** Starts a file at this address. */
    public static SampleAttachment file(String url) {
        return new SampleAttachment(AttachmentKind.FILE, url);
    }

    /** Starts an attachment of the same kind that is like this one in every field, except for the address. */
    public static SampleAttachment like(Attachment attachment, String url) {
        return new SampleAttachment(attachment.kind(), url)
                .guid(attachment.guid())
                .title(attachment.title())
                .description(attachment.description())
                .order(attachment.order())
                .size(attachment.sizeBytes());
    }

    /** Sets the GUID. */
    public SampleAttachment guid(Guid value) {
        guid = value;
        return this;
    }

    /** Sets the title, in English. */
    public SampleAttachment title(String english) {
        return title(LocalizedText.of("en", english));
    }

    /** Sets the title. */
    public SampleAttachment title(LocalizedText value) {
        title = value;
        return this;
    }

    /** Sets the description, in English. */
    public SampleAttachment description(String english) {
        return description(LocalizedText.of("en", english));
    }

    /** Sets the description. */
    public SampleAttachment description(LocalizedText value) {
        description = value;
        return this;
    }

    /** Sets the place among the attachments of the resource. */
    public SampleAttachment order(int value) {
        order = value;
        return this;
    }

    /** Sets the size in bytes. */
    public SampleAttachment size(long bytes) {
        sizeBytes = bytes;
        return this;
    }

    /** Returns the attachment. */
    public Attachment build() {
        return new Attachment(kind, guid, title, description, url, order, sizeBytes);
    }
}

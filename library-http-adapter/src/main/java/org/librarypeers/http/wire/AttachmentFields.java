package org.librarypeers.http.wire;

import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Remark;

/**
 * The names of one kind of attachment in ORB v1.
 *
 * @param list the field of a resource with the attachments of this kind
 * @param type the type of the objects, as it occurs in their addresses
 * @param address the field of an attachment with its address
 * @param hasSize whether the forms for existing sites contain the size
 * @param leftOut the remark for an attachment that cannot be used
 */
record AttachmentFields(String list, String type, String address, boolean hasSize, Remark.Kind leftOut) {

    private static final AttachmentFields LINK =
            new AttachmentFields("urls", "resourceurl", "url", true, Remark.Kind.LINK_LEFT_OUT);
    private static final AttachmentFields FILE =
            new AttachmentFields("files", "resourcefile", "file", false, Remark.Kind.FILE_LEFT_OUT);

    static AttachmentFields of(AttachmentKind kind) {
        return switch (kind) {
            case LINK -> LINK;
            case FILE -> FILE;
        };
    }
}

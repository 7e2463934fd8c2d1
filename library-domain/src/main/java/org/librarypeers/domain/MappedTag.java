package org.librarypeers.domain;

/**
 * The record that a tag of a resource was replaced by a {@linkplain TagMapping mapping}. It allows to change or revoke the mapping later.
 *
 * @param sent the tag as it was before
 * @param as the key of the tag that the resource has instead; equal to the key of {@code sent} if the resource had both tags
 */
public record MappedTag(Tag sent, Tag.Key as) {

    /** Returns whether the resource had this tag without any mapping. */
    boolean isItself() {
        return sent.key().equals(as);
    }
}

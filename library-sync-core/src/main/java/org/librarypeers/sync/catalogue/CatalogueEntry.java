package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;

/**
 * A resource with the numbers that this library assigned to it, its attachments and its taggings. Numbers are never reused.
 *
 * @param id the number of the resource, from 1
 * @param position the feed position of the last change of the resource, from 1
 * @param creator the user who added the resource to this library; null if a sync added it
 * @param resource the resource
 * @param attachments the numbers of its attachments, from 1, by their GUIDs
 * @param taggings its taggings, one for each tag in the same order
 */
public record CatalogueEntry(
        long id,
        long position,
        @Nullable UserName creator,
        Resource resource,
        Map<Guid, Long> attachments,
        List<Tagging> taggings) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if an attachment has no number
     */
    public CatalogueEntry {
        attachments = Map.copyOf(attachments);
        taggings = List.copyOf(taggings);
        for (Attachment attachment : resource.content().attachments()) {
            if (!attachments.containsKey(attachment.guid())) {
                throw new IllegalArgumentException(
                        "attachment " + attachment.guid() + " of resource " + resource.guid() + " has no number");
            }
        }
    }

    /**
     * Returns the number of an attachment of this resource.
     *
     * @throws IllegalArgumentException if the resource has no such attachment
     */
    public long numberOf(Attachment attachment) {
        Long number = attachments.get(attachment.guid());
        if (number == null) {
            throw new IllegalArgumentException(
                    "resource " + resource.guid() + " has no attachment " + attachment.guid());
        }
        return number;
    }

    /**
     * The assignment of a tag to a resource.
     *
     * @param id the number of the tagging, from 1
     * @param tag the number of the tag, from 1
     * @param slug the readable part of the tag's address
     * @param created the time at which the resource got the tag
     */
    public record Tagging(long id, long tag, Slug slug, Instant created) {}
}

package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;

/**
 * A resource with the numbers that this library assigned to it and its parts. Numbers are never reused.
 *
 * @param id the number of the resource, from 1
 * @param position the feed position of the last change of the resource, from 1
 * @param creator the user who added the resource to this library; null if a sync added it
 * @param resource the resource
 * @param links the numbers of its links, one for each link in the same order
 * @param files the numbers of its files, one for each file in the same order
 * @param taggings its taggings, one for each tag in the same order
 */
public record CatalogueEntry(
        long id,
        long position,
        @Nullable UserName creator,
        Resource resource,
        List<Long> links,
        List<Long> files,
        List<Tagging> taggings) {

    /** Copies the lists. */
    public CatalogueEntry {
        links = List.copyOf(links);
        files = List.copyOf(files);
        taggings = List.copyOf(taggings);
    }

    /**
     * The assignment of a tag to a resource.
     *
     * @param id the number of the tagging, from 1
     * @param tag the number of the tag, from 1
     * @param slug the readable part of the tag's address
     * @param created the time since when the resource has the tag
     */
    public record Tagging(long id, long tag, Slug slug, Instant created) {}
}

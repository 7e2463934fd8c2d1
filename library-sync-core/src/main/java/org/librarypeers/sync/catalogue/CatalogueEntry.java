package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;

/**
 * A resource with the numbers that this library gave to it and its parts. Numbers are never given twice.
 *
 * @param id the resource's number, from 1
 * @param position where the resource's last change stands among all changes of this library, from 1
 * @param creator who added it to this library; null if a sync did
 * @param resource the resource
 * @param links the numbers of its links, one for each, in their order
 * @param files the numbers of its files, one for each, in their order
 * @param taggings one for each of its tags, in their order
 */
public record CatalogueEntry(
        long id,
        long position,
        @Nullable UserName creator,
        Resource resource,
        List<Long> links,
        List<Long> files,
        List<Tagging> taggings) {

    /** Keeps copies. */
    public CatalogueEntry {
        links = List.copyOf(links);
        files = List.copyOf(files);
        taggings = List.copyOf(taggings);
    }

    /**
     * That a resource has a tag.
     *
     * @param id the number of this fact, from 1
     * @param tag the number of the tag, from 1
     * @param slug the readable part of the tag's address
     * @param created since when the resource has the tag
     */
    public record Tagging(long id, long tag, Slug slug, Instant created) {}
}

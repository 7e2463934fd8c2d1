package org.librarypeers.sync.catalogue;

import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;

/**
 * A tag of this library's vocabulary, as it is served.
 *
 * @param id the number of the tag, from 1; never reused
 * @param slug the readable part of its address, unique in this library
 * @param tag the tag
 */
public record CatalogueTag(long id, Slug slug, Tag tag) {}

package org.librarypeers.sync.catalogue;

import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;

/**
 * A tag of this library's vocabulary, as it is served.
 *
 * @param id its number, from 1; never given twice
 * @param slug the readable part of its address; no two tags share one
 * @param tag the tag
 */
public record CatalogueTag(long id, Slug slug, Tag tag) {}

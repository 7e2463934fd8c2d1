package org.librarypeers.sync.curation;

import org.librarypeers.sync.catalogue.CatalogueTag;

/**
 * A tag of the vocabulary, as its curators see it.
 *
 * @param tag the tag
 * @param category the number of its category
 * @param hidden whether the facets leave it out
 * @param resources the number of approved resources that have it
 */
public record CuratedTag(CatalogueTag tag, long category, boolean hidden, long resources) {}

package org.librarypeers.sync.curation;

import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.CatalogueTag;

/**
 * A tag of the vocabulary, as its curators see it.
 *
 * @param tag the tag
 * @param category the number of its category
 * @param hidden whether the facets leave it out
 * @param place the place in the lists of tags of its category, from 1. Tags without a place follow, in the order of use. Null if it has no
 *     place.
 * @param resources the number of approved resources that have it
 */
public record CuratedTag(
        CatalogueTag tag,
        long category,
        boolean hidden,
        @Nullable Integer place,
        long resources) {}

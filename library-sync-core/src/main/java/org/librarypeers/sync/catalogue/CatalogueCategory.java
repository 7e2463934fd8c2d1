package org.librarypeers.sync.catalogue;

import org.librarypeers.domain.LocalizedText;

/**
 * A category of tags, as it is served.
 *
 * @param id its number, from 1; never given twice
 * @param name in the library's first language
 * @param names by language; may lack the first language
 */
public record CatalogueCategory(long id, String name, LocalizedText names) {}

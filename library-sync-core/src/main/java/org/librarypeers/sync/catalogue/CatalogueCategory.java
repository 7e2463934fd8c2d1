package org.librarypeers.sync.catalogue;

import org.librarypeers.domain.LocalizedText;

/**
 * A category of tags, as it is served.
 *
 * @param id the number of the category, from 1; never reused
 * @param name the name in the library's first language
 * @param names the name by language; may lack the first language
 * @param description the description by language; may be empty
 */
public record CatalogueCategory(long id, String name, LocalizedText names, LocalizedText description) {}

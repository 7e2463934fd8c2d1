package org.librarypeers.sync.curation;

import org.librarypeers.domain.LocalizedText;

/**
 * A category of the vocabulary, as its curators see it.
 *
 * @param id the number of the category, from 1
 * @param name the name in the library's first language
 * @param names the name by language; may lack the first language
 * @param description the description by language; may be empty
 * @param hidden whether the facets leave out its tags
 * @param topic whether an administrator chose it as a topic of the home page
 * @param own whether a local resource had one of its tags, so that it is not only a peer's word
 * @param tags the number of its tags that some resource has
 * @param resources the number of times that an approved resource has one of its tags
 */
public record CuratedCategory(
        long id,
        String name,
        LocalizedText names,
        LocalizedText description,
        boolean hidden,
        boolean topic,
        boolean own,
        int tags,
        long resources) {}

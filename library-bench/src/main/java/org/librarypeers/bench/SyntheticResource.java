package org.librarypeers.bench;

import java.util.List;
import java.util.UUID;

/**
 * One resource of a {@link SyntheticLibrary}.
 *
 * @param number its number in the library, from 0
 * @param description HTML of about 1 KB
 * @param links three links
 * @param tags five tags
 */
record SyntheticResource(int number, UUID guid, String title, String description, List<Link> links, List<Tag> tags) {

    /** A link, with its own GUID. */
    record Link(UUID guid, String title, String url) {}

    /** A tag of a category. */
    record Tag(String category, String name) {}
}

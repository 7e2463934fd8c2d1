package org.librarypeers.sync.links;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;

/**
 * A dead link.
 *
 * @param id its number
 * @param address its address, as its author wrote it
 * @param state what is known about it
 * @param resources the first public resources that have it, ordered by number; at most {@link #MAX_RESOURCES}
 * @param copy the nearest living copy; null if none is known
 */
public record DeadLink(
        long id,
        String address,
        LinkState state,
        List<Guid> resources,
        @Nullable Copy copy) {

    /** The maximum number of resources: 5. */
    public static final int MAX_RESOURCES = 5;

    /** Copies the list. */
    public DeadLink {
        resources = List.copyOf(resources);
    }

    /**
     * Another address of the same content.
     *
     * @param address the address, which worked when it was last checked or is a file of this library; for a {@linkplain
     *     #isOfSource source}, the page of the resource in the library that made it
     * @param isOfSource whether it is that page, and otherwise the same link or file in another resource of this library
     */
    public record Copy(String address, boolean isOfSource) {}
}

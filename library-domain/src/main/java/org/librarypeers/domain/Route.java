package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The libraries that a copy of a resource passed through, starting with the library that created it. Existing sites do
 * not send routes; after such a site, a route starts again.
 *
 * <p>The route lets a library detect a cycle, in which a peer offers a resource that the library itself passed on.
 *
 * @param libraries the libraries in order; if there are more than {@value #MAX}, only the last ones
 */
public record Route(List<LibraryId> libraries) {

    /** The route of a resource from a peer that does not send one. */
    public static final Route UNKNOWN = new Route(List.of());

    /** The maximum number of libraries in a route. */
    public static final int MAX = 100;

    /** Copies the last {@value #MAX} libraries. */
    public Route {
        libraries = List.copyOf(libraries.subList(Math.max(0, libraries.size() - MAX), libraries.size()));
    }

    /** Returns whether this route contains the library. */
    public boolean passes(LibraryId library) {
        return libraries.contains(library);
    }

    /**
     * Returns whether this route begins at a library whose id is lower than the given one. False for an unknown route.
     */
    boolean beginsBefore(LibraryId library) {
        return !libraries.isEmpty() && libraries.get(0).compareTo(library) < 0;
    }

    /** Returns this route, extended by one library. */
    public Route then(LibraryId next) {
        List<LibraryId> longer = new ArrayList<>(libraries);
        longer.add(next);
        return new Route(longer);
    }
}

package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * Through which libraries a copy of a resource came, the one that made it first. Existing sites do not say theirs: behind one
 * of them, a route begins anew.
 *
 * <p>By its route a library sees that what it is offered is its own copy, come back in a circle.
 *
 * @param libraries of a longer one, the last {@value #MAX}
 */
public record Route(List<LibraryId> libraries) {

    /** A route of which nothing is known. */
    public static final Route UNKNOWN = new Route(List.of());

    /** So many libraries are remembered. */
    public static final int MAX = 100;

    /** Keeps a copy. */
    public Route {
        libraries = List.copyOf(libraries.subList(Math.max(0, libraries.size() - MAX), libraries.size()));
    }

    /** Whether that library is on it. */
    public boolean passes(LibraryId library) {
        return libraries.contains(library);
    }

    /** Whether it begins at a library that comes before that one in the order of their numbers. */
    boolean beginsBefore(LibraryId library) {
        return !libraries.isEmpty() && libraries.get(0).compareTo(library) < 0;
    }

    /** This route, and on through one library more. */
    public Route then(LibraryId next) {
        List<LibraryId> longer = new ArrayList<>(libraries);
        longer.add(next);
        return new Route(longer);
    }
}

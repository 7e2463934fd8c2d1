package org.librarypeers.domain;

import java.time.Instant;

/**
 * One state of a resource's content, by whom, and since when. Revisions are only ever added.
 *
 * @param number 1 for the first, then one more each time
 * @param content what the resource said
 * @param author who made it so
 * @param at when it was made so, in this library's time
 */
public record Revision(int number, ResourceContent content, Author author, Instant at) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Revision {
        Checks.atLeast("revision number", 1, number);
    }
}

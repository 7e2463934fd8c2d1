package org.librarypeers.domain;

import java.time.Instant;

/**
 * One version of a resource's content. Revisions are only added, never changed.
 *
 * @param number the number, ascending from 1
 * @param content the content
 * @param author the author of this revision
 * @param at the time at which the revision was made, by this library's clock
 */
public record Revision(int number, ResourceContent content, Author author, Instant at) {

    /**
     * Validates the number.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public Revision {
        Checks.atLeast("revision number", 1, number);
    }
}

package org.librarypeers.sync.library;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.librarypeers.domain.UserName;

/**
 * A change that a person made to many resources alike.
 *
 * @param id the id, by which it can be undone
 * @param kind what was changed
 * @param label the tag that was added or removed, as the person typed it; empty for the other kinds
 * @param by the person
 * @param at the time of the change, with microsecond precision, by this library's clock
 */
public record BulkChange(UUID id, Kind kind, String label, UserName by, Instant at) {

    /** The kind of a change. */
    public enum Kind {
        /** A tag was added. */
        ADD,
        /** A tag was removed. */
        REMOVE,
        /** Approved resources were archived. */
        ARCHIVE,
        /** Archived and rejected resources were submitted for review. */
        SUBMIT;

        /** Returns the lower-case name, which is used in storage and forms. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether the kind needs a tag. */
        public boolean hasTag() {
            return this == ADD || this == REMOVE;
        }
    }

    /** Truncates the time to microseconds. */
    public BulkChange {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}

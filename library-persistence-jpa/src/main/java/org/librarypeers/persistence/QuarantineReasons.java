package org.librarypeers.persistence;

import org.librarypeers.domain.QuarantineReason;

/** The two columns of a quarantine reason. */
final class QuarantineReasons {

    private QuarantineReasons() {}

    /**
     * Returns the reason in the columns. A kind that only a later version of the program knows is read as an invalid
     * item.
     */
    static QuarantineReason read(String kind, String detail) {
        return new QuarantineReason(QuarantineReason.Kind.ofWord(kind).orElse(QuarantineReason.Kind.INVALID), detail);
    }
}

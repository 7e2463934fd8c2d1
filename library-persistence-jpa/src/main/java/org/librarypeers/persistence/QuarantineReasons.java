package org.librarypeers.persistence;

import org.librarypeers.domain.QuarantineReason;

/** The two columns of a quarantine reason. */
final class QuarantineReasons {

    private QuarantineReasons() {}

    /** Returns the reason in the columns. A kind of a later version of the program is read as an invalid item. */
    static QuarantineReason read(String kind, String detail) {
        return new QuarantineReason(QuarantineReason.Kind.ofWord(kind).orElse(QuarantineReason.Kind.INVALID), detail);
    }
}

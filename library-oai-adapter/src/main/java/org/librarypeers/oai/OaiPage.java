package org.librarypeers.oai;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a repository.
 *
 * @param answered the time of the repository; null if the answer does not contain it
 * @param errors the errors that the repository reports
 * @param records the records or headers
 * @param token the resumption token; null at the end of a list
 * @param size the number of records of the whole list; -1 if the repository does not state it
 * @param identity the answer to {@code Identify}; null for other requests
 */
record OaiPage(
        @Nullable Instant answered,
        List<ProtocolError> errors,
        List<OaiRecord> records,
        @Nullable String token,
        int size,
        @Nullable Identity identity) {

    OaiPage {
        errors = List.copyOf(errors);
        records = List.copyOf(records);
    }

    /**
     * An error that the repository reports.
     *
     * @param code the code, such as {@code badResumptionToken}
     * @param text the explanation; may be empty
     */
    record ProtocolError(String code, String text) {}

    /**
     * The description that a repository gives of itself.
     *
     * @param version the version of the protocol; empty if missing
     * @param granularity the precision of its datestamps
     * @param keepsDeletions whether it keeps at least some deleted records
     */
    record Identity(String version, Granularity granularity, boolean keepsDeletions) {}

    /** Returns the error with this code. */
    Optional<ProtocolError> error(String code) {
        return errors.stream().filter(error -> error.code().equals(code)).findFirst();
    }

    /** Returns this page with these records instead of its own ones. */
    OaiPage withRecords(List<OaiRecord> all) {
        return new OaiPage(answered, errors, all, token, size, identity);
    }

    /** Returns this page with this time of the repository, unless it has one. */
    OaiPage answeredAt(@Nullable Instant time) {
        return answered == null ? new OaiPage(time, errors, records, token, size, identity) : this;
    }
}

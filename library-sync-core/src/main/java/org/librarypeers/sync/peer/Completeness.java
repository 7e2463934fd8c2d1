package org.librarypeers.sync.peer;

/**
 * The completeness of a peer's list, as far as a session has read it.
 *
 * <p>A resource counts as withdrawn only if a {@linkplain Complete complete} list lacks it.
 */
public sealed interface Completeness permits Completeness.Complete, Completeness.Unknown, Shortfall {

    /** The list contained everything that the peer announced. */
    record Complete() implements Completeness {}

    /**
     * The peer does not send enough information to decide.
     *
     * @param reason what is missing, as a clause without a full stop, for the administrator
     */
    record Unknown(String reason) implements Completeness {}
}

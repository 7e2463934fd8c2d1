package org.librarypeers.sync.peer;

/**
 * Whether the list of a peer is complete, as far as a session has read it.
 *
 * <p>A resource counts as withdrawn only if the list that lacks it is {@linkplain Complete complete}.
 */
public sealed interface Completeness permits Completeness.Complete, Completeness.Unknown, Shortfall {

    /** The list held everything that the peer announced. */
    record Complete() implements Completeness {}

    /**
     * The peer does not say enough to decide it.
     *
     * @param reason what is missing, as a clause without a full stop, for the administrator
     */
    record Unknown(String reason) implements Completeness {}
}

package org.librarypeers.sync.peer;

import java.util.function.Function;

/**
 * The completeness of a peer's list, as far as a session has read it.
 *
 * <p>A resource counts as withdrawn only if a {@linkplain Complete complete} list lacks it.
 */
public sealed interface Completeness permits Completeness.Complete, Completeness.Unknown, Shortfall {

    /** Returns the result of the function for this kind of completeness. */
    <T> T match(Function<Complete, T> complete, Function<Unknown, T> unknown, Function<Shortfall, T> shortfall);

    /** The list contained everything that the peer announced. */
    record Complete() implements Completeness {

        @Override
        public <T> T match(
                Function<Complete, T> complete, Function<Unknown, T> unknown, Function<Shortfall, T> shortfall) {
            return complete.apply(this);
        }
    }

    /**
     * The peer does not send enough information to decide.
     *
     * @param reason what is missing, as a clause without a full stop, for the administrator
     */
    record Unknown(String reason) implements Completeness {

        @Override
        public <T> T match(
                Function<Complete, T> complete, Function<Unknown, T> unknown, Function<Shortfall, T> shortfall) {
            return unknown.apply(this);
        }
    }
}

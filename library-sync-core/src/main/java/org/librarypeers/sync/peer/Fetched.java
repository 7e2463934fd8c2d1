package org.librarypeers.sync.peer;

import java.util.List;
import java.util.function.Function;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;

/** The answer of a peer to the request for one resource. */
public sealed interface Fetched {

    /** Returns the result of the function for this kind of answer. */
    <T> T match(Function<Body, T> body, Function<Gone, T> gone, Function<Unreadable, T> unreadable);

    /**
     * The body of the resource.
     *
     * @param resource what the peer sent, as far as it can be stored
     * @param remarks what was corrected or left out
     */
    record Body(IncomingResource resource, List<Remark> remarks) implements Fetched {

        /** Copies the remarks. */
        public Body {
            remarks = List.copyOf(remarks);
        }

        /** Creates a body without remarks. */
        public Body(IncomingResource resource) {
            this(resource, List.of());
        }

        @Override
        public <T> T match(Function<Body, T> body, Function<Gone, T> gone, Function<Unreadable, T> unreadable) {
            return body.apply(this);
        }
    }

    /** The peer does not have the resource, or no longer shows it. */
    record Gone() implements Fetched {

        @Override
        public <T> T match(Function<Body, T> body, Function<Gone, T> gone, Function<Unreadable, T> unreadable) {
            return gone.apply(this);
        }
    }

    /**
     * The answer was unreadable although the peer works otherwise. An immediate retry would give the same answer.
     *
     * @param reason why it cannot be used
     */
    record Unreadable(QuarantineReason reason) implements Fetched {

        /** Creates an answer with a reason of this kind. */
        public Unreadable(QuarantineReason.Kind kind, String detail) {
            this(new QuarantineReason(kind, detail));
        }

        /** Creates an answer that cannot be parsed. */
        public Unreadable(String detail) {
            this(QuarantineReason.Kind.UNREADABLE, detail);
        }

        @Override
        public <T> T match(Function<Body, T> body, Function<Gone, T> gone, Function<Unreadable, T> unreadable) {
            return unreadable.apply(this);
        }
    }
}

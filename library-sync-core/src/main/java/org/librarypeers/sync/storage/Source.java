package org.librarypeers.sync.storage;

import java.util.function.Function;
import org.librarypeers.domain.PeerId;

/** A condition on the source of resources. */
public sealed interface Source {

    /** Returns the result of the function for this kind of condition. */
    <T> T match(Function<Here, T> here, Function<Maker, T> maker, Function<Followed, T> followed);

    /** Resources that were created in this library. */
    record Here() implements Source {

        @Override
        public <T> T match(Function<Here, T> here, Function<Maker, T> maker, Function<Followed, T> followed) {
            return here.apply(this);
        }
    }

    /**
     * Resources that another library created, regardless of the peer that sent them.
     *
     * @param host the host of that library, exactly as in {@link org.librarypeers.domain.Origin.FromPeer#sourceHost}
     */
    record Maker(String host) implements Source {

        @Override
        public <T> T match(Function<Here, T> here, Function<Maker, T> maker, Function<Followed, T> followed) {
            return maker.apply(this);
        }
    }

    /**
     * Resources that follow a peer, regardless of the library that created them.
     *
     * @param peer the peer whose updates they follow
     */
    record Followed(PeerId peer) implements Source {

        @Override
        public <T> T match(Function<Here, T> here, Function<Maker, T> maker, Function<Followed, T> followed) {
            return followed.apply(this);
        }
    }
}

package org.librarypeers.sync.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Remark;

/**
 * What became of one item of a run.
 *
 * @param kind what became of it
 * @param remoteId by which the peer fetches it; null if it does not list it any more
 * @param guid which resource it is; null if that is not known
 * @param reason why it could not be kept, in English; null if it could
 * @param remarks what was corrected or left out of it; empty if it was not accepted
 */
public record Outcome(
        Kind kind,
        @Nullable String remoteId,
        @Nullable Guid guid,
        @Nullable String reason,
        List<Remark> remarks) {

    /** Keeps a copy of the remarks. */
    public Outcome {
        remarks = List.copyOf(remarks);
    }

    /** Creates an outcome without remarks. */
    public Outcome(Kind kind, @Nullable String remoteId, @Nullable Guid guid, @Nullable String reason) {
        this(kind, remoteId, guid, reason, List.of());
    }

    /** What becomes of items, each counted in the {@linkplain org.librarypeers.domain.SyncTally tally} of the run. */
    public enum Kind {
        /** Not known before, now pending. */
        ADDED,
        /** Taken over anew. */
        UPDATED,
        /** Already as the peer has it. */
        UNCHANGED,
        /** Made here, left alone. */
        KEPT_LOCAL,
        /** Followed at another peer, left alone. */
        KEPT_OTHER_SOURCE,
        /** Could not be kept. */
        FAILED,
        /** No longer offered by the peer. */
        WITHDRAWN;

        /** In lower case, for addresses and storage. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that {@link #word}; nothing if there is none. */
        public static Optional<Kind> ofWord(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }
}

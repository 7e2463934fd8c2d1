package org.librarypeers.domain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one item of a run.
 *
 * @param kind the kind of outcome
 * @param remoteId the id by which the peer returns the item; null if the peer no longer lists it
 * @param guid the GUID of the resource; null if unknown
 * @param reason why the item could not be saved; null unless the kind is {@link Kind#FAILED}
 * @param remarks what was corrected or left out; empty if the item was not accepted
 */
public record Outcome(
        Kind kind,
        @Nullable String remoteId,
        @Nullable Guid guid,
        @Nullable QuarantineReason reason,
        List<Remark> remarks) {

    /** Copies the remarks. */
    public Outcome {
        remarks = List.copyOf(remarks);
    }

    /** Creates an outcome without remarks. */
    public Outcome(Kind kind, @Nullable String remoteId, @Nullable Guid guid, @Nullable QuarantineReason reason) {
        this(kind, remoteId, guid, reason, List.of());
    }

    /**
     * The kind of an outcome. Each is counted in the {@linkplain SyncTally tally} of the run.
     */
    public enum Kind {
        /** The resource is new and pending. */
        ADDED,
        /** The resource was updated. */
        UPDATED,
        /** The resource is the same as before. */
        UNCHANGED,
        /** The resource was created in this library and was not changed. */
        KEPT_LOCAL,
        /** The resource follows another peer and was not changed. */
        KEPT_OTHER_SOURCE,
        /** The item could not be saved. */
        FAILED,
        /** The peer no longer offers the resource. */
        WITHDRAWN,
        /** The peer offers the resource, and a selection rule or a refusal left it out. */
        LEFT_OUT;

        /** Returns whether the peer's version of the resource was accepted. */
        public boolean isAccepted() {
            return switch (this) {
                case ADDED, UPDATED, UNCHANGED -> true;
                case KEPT_LOCAL, KEPT_OTHER_SOURCE, FAILED, WITHDRAWN, LEFT_OUT -> false;
            };
        }

        /** Returns the lower-case name, for addresses and storage. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the kind with this {@link #word}. Empty if there is no such kind. */
        public static Optional<Kind> ofWord(String word) {
            return EnumWord.find(Kind.class, word);
        }
    }
}

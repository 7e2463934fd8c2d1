package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.domain.Guid;

/**
 * An entry of the deletion log: a resource that this library served and no longer serves. It has no text of the resource, because that
 * is no longer public. A resource has at most one entry. The entry is removed when the resource is served again.
 *
 * @param guid the resource
 * @param at when it was no longer served, by this library's clock
 * @param reason why it is no longer served
 * @param redirect the resource that took its place and is served; null unless the reason is {@link Reason#MERGED}
 * @param position the feed position of the deletion, from 1
 */
public record Deletion(
        Guid guid, Instant at, Reason reason, @Nullable Guid redirect, long position) {

    /** The reason why a resource is no longer served. */
    public enum Reason {
        /** The source has withdrawn it, and it was archived here. */
        WITHDRAWN,
        /** A person archived it. */
        ARCHIVED,
        /** A reviewer rejected it. */
        REJECTED,
        /** It was archived or rejected in favour of another resource. */
        MERGED,
        /** It waits for a reviewer again. */
        UNPUBLISHED;

        /** Returns the lower-case name, which is used in storage and JSON. */
        public String word() {
            return EnumWord.of(this);
        }

        /** Returns the reason with this {@link #word}. Empty if there is no such reason. */
        public static Optional<Reason> ofWord(String word) {
            return EnumWord.find(Reason.class, word);
        }
    }

    /**
     * Validates the redirect.
     *
     * @throws IllegalArgumentException if there is a redirect and another reason than {@link Reason#MERGED}, or the reverse
     */
    public Deletion {
        if ((reason == Reason.MERGED) == (redirect == null)) {
            throw new IllegalArgumentException("the deletion of " + guid + " has the reason " + reason.word()
                    + " and the redirect " + redirect + "; it has a redirect only if it is merged");
        }
    }

    /**
     * Creates an entry with the redirect as it is now.
     *
     * @param stored the reason when the resource was no longer served
     * @param redirect the resource that took its place since then and is served; null if none did
     */
    public static Deletion of(Guid guid, Instant at, Reason stored, @Nullable Guid redirect, long position) {
        return new Deletion(guid, at, redirect == null ? stored : Reason.MERGED, redirect, position);
    }
}

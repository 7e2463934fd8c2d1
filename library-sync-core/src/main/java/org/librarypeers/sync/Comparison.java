package org.librarypeers.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;

/**
 * The result of a comparison of what a peer serves with what was last read from it, by digests of the peer. Nothing was changed.
 *
 * <p>Each resource that the peer serves is compared in the version that was last read, regardless of what happened to
 * it here. So resources that are local, that follow another peer, or that were left out by rule are no differences,
 * unless the peer has changed them since.
 *
 * @param peer the peer
 * @param asOf when the comparison began, by this library's clock
 * @param served the number of resources that the peer serves, by its own digest
 * @param differences the differences, ordered by GUID
 * @param isAll whether these are all differences; otherwise there are more than {@link SyncSettings#differences}
 * @param requests the number of requests to the peer
 */
public record Comparison(
        Peer peer, Instant asOf, long served, List<Difference> differences, boolean isAll, int requests) {

    /** Copies the differences. */
    public Comparison {
        differences = List.copyOf(differences);
    }

    /** Returns the number of resources that are as they were last read; -1 if not all differences are known. */
    public long equal() {
        return isAll ? served - count(Kind.MISSING) - count(Kind.DIFFERENT) : -1;
    }

    /** Returns the number of differences of a kind. */
    public long count(Kind kind) {
        return differences.stream().filter(each -> each.kind() == kind).count();
    }

    /** Returns whether nothing differs. */
    public boolean isEqual() {
        return isAll && differences.isEmpty();
    }

    /** The kind of a difference. */
    public enum Kind {
        /** The peer serves the resource, and it was not read, or could not be accepted. */
        MISSING,
        /** The peer serves another version than the one that was last read. */
        DIFFERENT,
        /** The resource was read, and the digests of the peer do not contain it. This alone is not a withdrawal. */
        NOT_SERVED
    }

    /** The state that a resource that differs has in this library. */
    public enum Here {
        /** The resource is not here. */
        NOTHING,
        /** The resource follows the peer. */
        FOLLOWED,
        /** The resource was created here, and no sync changes it. */
        LOCAL,
        /** The resource follows another peer. */
        OTHER_SOURCE,
        /** The resource is not here, because a selection rule or a refusal left it out. */
        LEFT_OUT
    }

    /**
     * A difference.
     *
     * @param kind the kind
     * @param guid the GUID
     * @param remoteId the id by which the peer returns the resource; null if its digests do not contain it
     * @param version the version that the peer serves; null if its digests do not contain the resource
     * @param readVersion the version that was last read; null if none was
     * @param here what this library has of it
     */
    public record Difference(
            Kind kind,
            Guid guid,
            @Nullable String remoteId,
            @Nullable String version,
            @Nullable String readVersion,
            Here here) {}
}

package org.librarypeers.persistence;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Fingerprint;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;

/** Where a resource comes from. Hibernate reads columns that are all null as no object at all: a local resource. */
@Embeddable
record OriginColumns(
        Long sourcePeer,
        String sourceName,
        String sourceHost,
        @Nullable String sourceUrl,
        String receivedFingerprint) {

    static @Nullable OriginColumns from(Origin origin) {
        return origin instanceof Origin.FromPeer source
                ? new OriginColumns(
                        source.peer().value(),
                        source.sourceName(),
                        source.sourceHost(),
                        source.sourceUrl(),
                        source.received().hex())
                : null;
    }

    static Origin toDomain(@Nullable OriginColumns columns) {
        return columns == null
                ? new Origin.Local()
                : new Origin.FromPeer(
                        new PeerId(columns.sourcePeer),
                        columns.sourceName,
                        columns.sourceHost,
                        columns.sourceUrl,
                        new Fingerprint(columns.receivedFingerprint));
    }
}

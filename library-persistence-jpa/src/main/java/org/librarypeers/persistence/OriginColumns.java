package org.librarypeers.persistence;

import jakarta.persistence.Embeddable;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Fingerprint;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Route;

/**
 * The origin of a resource from a peer. For a local resource all columns are null, which Hibernate reads as a null
 * object.
 */
@Embeddable
record OriginColumns(
        Long sourcePeer,
        String sourceName,
        String sourceHost,
        @Nullable String sourceUrl,
        List<UUID> sourceRoute,
        String receivedFingerprint) {

    static @Nullable OriginColumns from(Origin origin) {
        return origin.<Optional<OriginColumns>>match(local -> Optional.empty(), source -> Optional.of(from(source)))
                .orElse(null);
    }

    private static OriginColumns from(Origin.FromPeer source) {
        return new OriginColumns(
                source.peer().value(),
                source.sourceName(),
                source.sourceHost(),
                source.sourceUrl(),
                source.route().libraries().stream().map(LibraryId::value).toList(),
                source.received().hex());
    }

    /** Reads the columns of a resource, with the route as text. */
    static @Nullable OriginColumns read(Row row) throws SQLException {
        Long peer = row.numberOrNull();
        String name = row.textOrNull();
        String host = row.textOrNull();
        String url = row.textOrNull();
        String route = row.textOrNull();
        String fingerprint = row.textOrNull();
        return peer == null || name == null || host == null || route == null || fingerprint == null
                ? null
                : new OriginColumns(peer, name, host, url, route(route), fingerprint);
    }

    private static List<UUID> route(String text) {
        String libraries = text.substring(1, text.length() - 1);
        return libraries.isEmpty()
                ? List.of()
                : Arrays.stream(libraries.split(",")).map(UUID::fromString).toList();
    }

    /** Returns the route as the text of a {@code uuid[]}. */
    String routeText() {
        return sourceRoute.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    static Origin toDomain(@Nullable OriginColumns columns) {
        return columns == null
                ? new Origin.Local()
                : new Origin.FromPeer(
                        new PeerId(columns.sourcePeer),
                        columns.sourceName,
                        columns.sourceHost,
                        columns.sourceUrl,
                        new Route(
                                columns.sourceRoute.stream().map(LibraryId::new).toList()),
                        new Fingerprint(columns.receivedFingerprint));
    }
}

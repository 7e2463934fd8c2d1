package org.librarypeers.examples.embedding;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerAccess;
import tools.jackson.databind.json.JsonMapper;

/** Domain values as JSON. They are records, so that Jackson needs no help except with the sealed types. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // A method such as Peer.isQueryable() is not a component.
            .changeDefaultVisibility(visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
            .addMixIn(Author.class, Authors.class)
            .addMixIn(Origin.class, Origins.class)
            .addMixIn(PeerAccess.class, Accesses.class)
            .build();

    private Json() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Author.Person.class, name = "person"),
        @JsonSubTypes.Type(value = Author.Sync.class, name = "sync")
    })
    private interface Authors {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Origin.Local.class, name = "local"),
        @JsonSubTypes.Type(value = Origin.FromPeer.class, name = "from_peer")
    })
    private interface Origins {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PeerAccess.Orb.class, name = "orb"),
        @JsonSubTypes.Type(value = PeerAccess.Bundle.class, name = "bundle"),
        @JsonSubTypes.Type(value = PeerAccess.Oai.class, name = "oai")
    })
    private interface Accesses {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** Reads a value of this type from the column {@code body}. */
    static <T> Database.Row<T> body(Class<T> type) {
        return row -> body(row, type);
    }

    /** Reads a value of this type from the column {@code body} of a row. */
    static <T> T body(ResultSet row, Class<T> type) throws SQLException {
        return read(row.getString("body"), type);
    }
}

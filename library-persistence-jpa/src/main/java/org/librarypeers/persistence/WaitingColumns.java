package org.librarypeers.persistence;

import jakarta.persistence.Embeddable;
import java.sql.SQLException;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.SyncLogId;

/** A revision that waits for review beside the public one. It always comes from a peer. */
@Embeddable
record WaitingColumns(
        Integer waitingNumber,
        @JdbcTypeCode(SqlTypes.JSON) String waitingContent,
        Long waitingPeer,
        Long waitingRun,
        Instant waitingAt) {

    static @Nullable WaitingColumns from(@Nullable Revision waiting) {
        if (waiting == null) {
            return null;
        }
        Author.Sync sync = waiting.author()
                .match(
                        person -> {
                            throw new IllegalArgumentException(
                                    "revision " + waiting.number() + " is waiting but does not come from a peer");
                        },
                        run -> run);
        return new WaitingColumns(
                waiting.number(),
                Json.write(RevisionDocument.from(waiting.content())),
                sync.peer().value(),
                sync.run().value(),
                waiting.at());
    }

    static @Nullable WaitingColumns read(Row row) throws SQLException {
        Integer number = row.integerOrNull();
        String content = row.textOrNull();
        Long peer = row.numberOrNull();
        Long run = row.numberOrNull();
        Instant at = row.timeOrNull();
        return number == null || content == null || peer == null || run == null || at == null
                ? null
                : new WaitingColumns(number, content, peer, run, at);
    }

    static @Nullable Revision toDomain(@Nullable WaitingColumns columns) {
        return columns == null
                ? null
                : new Revision(
                        columns.waitingNumber,
                        Json.read(columns.waitingContent, RevisionDocument.class)
                                .toDomain(),
                        new Author.Sync(new PeerId(columns.waitingPeer), new SyncLogId(columns.waitingRun)),
                        columns.waitingAt);
    }
}

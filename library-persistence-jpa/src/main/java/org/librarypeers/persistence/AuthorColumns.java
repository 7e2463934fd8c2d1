package org.librarypeers.persistence;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.UserName;

/** The author of a revision: either a user, or a peer and the run that received the revision. */
@Embeddable
record AuthorColumns(
        @Nullable String authorUser,
        @Nullable Long authorPeer,
        @Nullable Long authorRun) {

    static AuthorColumns from(Author author) {
        return author.match(
                person -> new AuthorColumns(person.user().value(), null, null),
                sync -> new AuthorColumns(null, sync.peer().value(), sync.run().value()));
    }

    Author toDomain() {
        if (authorPeer != null && authorRun != null) {
            return new Author.Sync(new PeerId(authorPeer), new SyncLogId(authorRun));
        }
        if (authorUser != null) {
            return new Author.Person(new UserName(authorUser));
        }
        throw new IllegalStateException("revision has no author");
    }
}

package org.librarypeers.app.resources;

import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.library.LibraryStorage;

/**
 * The permissions to edit resources, with the rules of the API: accounts may edit the resources that they created; reviewers may
 * edit all resources.
 */
final class ResourceAccess {

    private final LibraryStorage storage;

    ResourceAccess(LibraryStorage storage) {
        this.storage = storage;
    }

    /** Returns whether the account may edit the resource. */
    static boolean mayEdit(Account account, CatalogueEntry entry) {
        return account.name().equals(entry.creator()) || account.role().includes(Role.REVIEWER);
    }

    /**
     * Returns whether changes by the account need no review. This applies to reviewers and to accounts that may write through the
     * API.
     */
    static boolean isTrusted(Account account) {
        return account.writesApi() || account.role().includes(Role.REVIEWER);
    }

    /** Returns whether a change by the account takes the resource out of the public view until it is approved again. */
    static boolean resubmits(Account account, Resource resource) {
        return resource.status() == Status.APPROVED && !isTrusted(account);
    }

    /**
     * Returns the resource in the path, for editing.
     *
     * @throws NotFoundResponse if it does not exist, or the visitor may not see it
     * @throws ForbiddenResponse if the visitor may not edit it
     */
    CatalogueEntry toEdit(Visit visit) {
        CatalogueEntry entry = Guid.parse(visit.ctx().pathParam("guid"))
                .flatMap(guid -> storage.catalogue().find(guid))
                .filter(Viewer.of(visit.signedIn())::sees)
                .orElseThrow(NotFoundResponse::new);
        if (!mayEdit(visit.signedIn(), entry)) {
            throw new ForbiddenResponse();
        }
        return entry;
    }

    /**
     * Returns the peer whose updates the resource follows. If its source is not queryable, this is the successor. If there is no
     * successor, it is the source itself, even if it was removed. Returns null if the resource was made here.
     */
    @Nullable
    Peer source(Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return null;
        }
        Peer source = storage.peers().findIncludingRemoved(from.peer()).orElse(null);
        return source != null && source.isQueryable()
                ? source
                : storage.harvest().offering(resource.guid()).stream()
                        .flatMap(peer -> storage.peers().find(peer).stream())
                        .filter(Peer::isQueryable)
                        .findFirst()
                        .orElse(source);
    }
}

package org.librarypeers.app.staff;

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
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.catalogue.Viewer;

/** Who may see and change which resource, as the API has it: one changes what one added, and reviewers all. */
final class ResourceAccess {

    private final LibraryStorage storage;

    ResourceAccess(LibraryStorage storage) {
        this.storage = storage;
    }

    /** Whether that person may change it. */
    static boolean mayEdit(Account account, CatalogueEntry entry) {
        return account.name().equals(entry.creator()) || account.role().includes(Role.REVIEWER);
    }

    /** Whether what is approved stays so when that person changes it: reviewers, and those who may write through the API. */
    static boolean isTrusted(Account account) {
        return account.writesApi() || account.role().includes(Role.REVIEWER);
    }

    /** Whether a change by that person takes it from the public, until it is approved again. */
    static boolean resubmits(Account account, Resource resource) {
        return resource.status() == Status.APPROVED && !isTrusted(account);
    }

    /**
     * The resource of the address, to be changed.
     *
     * @throws NotFoundResponse if there is none, or the visitor may not know
     * @throws ForbiddenResponse if the visitor may not change it
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
     * The peer whose updates it follows: if its source is not asked any more, the one that takes over, or if there is none, the
     * source all the same, even if it was removed; null for what was made here.
     */
    @Nullable
    Peer source(Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer from)) {
            return null;
        }
        Peer source = storage.peers().findEvenRemoved(from.peer()).orElse(null);
        return source != null && source.isQueryable()
                ? source
                : storage.harvest().offering(resource.guid()).stream()
                        .flatMap(peer -> storage.peers().find(peer).stream())
                        .filter(Peer::isQueryable)
                        .findFirst()
                        .orElse(source);
    }
}

package org.librarypeers.app.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.library.FormerAddresses;
import org.librarypeers.sync.storage.StorageException;

/** Redirects from the pages of a site that moved to this library. Only a page that does not exist here is looked up. */
final class FormerPages {

    private static final int LONGEST = 500;
    private static final String RESOURCE = "/resource/";

    private final FormerAddresses former;
    private final Catalogue catalogue;

    FormerPages(FormerAddresses former, Catalogue catalogue) {
        this.former = former;
        this.catalogue = catalogue;
    }

    void routes(RoutesConfig routes) {
        routes.error(HttpStatus.NOT_FOUND.getCode(), this::redirect);
    }

    private void redirect(Context ctx) {
        boolean isRead = ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD);
        String path = ctx.path();
        if (!isRead || path.length() > LONGEST || path.startsWith("/api/") || path.startsWith("/media/")) {
            return;
        }
        target(path).ifPresent(target -> {
            String query = ctx.queryString();
            boolean isKept = query != null && target.indexOf('?') < 0;
            ctx.header("Location", isKept ? target + "?" + query : target);
            ctx.status(HttpStatus.MOVED_PERMANENTLY);
            ctx.result("");
        });
    }

    /** Returns whether everybody may know of a path: the slug of a resource has the words of its title. */
    private boolean isPublic(String target) {
        return !target.startsWith(RESOURCE)
                || Slug.parse(target.substring(RESOURCE.length()))
                        .flatMap(catalogue::find)
                        .filter(entry -> entry.resource().status() == Status.APPROVED)
                        .isPresent();
    }

    private Optional<String> target(String path) {
        try {
            return former.page(path).filter(this::isPublic);
        } catch (StorageException e) {
            // The answer stays that the page was not found.
            return Optional.empty();
        }
    }
}

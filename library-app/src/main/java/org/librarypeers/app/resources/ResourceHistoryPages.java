package org.librarypeers.app.resources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.Authoring;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.ContentDiff;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.Provenance;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.PastWithdrawal;
import org.librarypeers.sync.storage.StaleResourceException;

/** The history of a resource, and the restoration of earlier revisions. */
public final class ResourceHistoryPages {

    private static final int PAGE = 10;

    private final Provenance provenance;
    private final Authoring authoring;
    private final ResourceAccess access;

    /** Creates the pages with these services. */
    public ResourceHistoryPages(LibraryStorage storage, Provenance provenance, Authoring authoring) {
        this.provenance = provenance;
        this.authoring = authoring;
        this.access = new ResourceAccess(storage);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/resources/{guid}/history", Role.CONTRIBUTOR, this::history);
        routes.post("/resources/{guid}/restore", Role.CONTRIBUTOR, this::restore);
    }

    /**
     * One revision of a resource.
     *
     * @param person the user who made it; null if a sync did
     * @param peer the name of the peer from which a sync read it; null if a user made it
     * @param run the address of that run; null if it is missing or the visitor may not see it
     * @param changes the differences from the previous revision; null if it is missing
     * @param decisions the decisions on this revision, the newest first
     * @param current whether it is the current revision
     * @param waits whether it waits for a review beside the public revision
     */
    public record RevisionView(
            int number,
            Instant at,
            @Nullable String person,
            @Nullable String peer,
            @Nullable String run,
            @Nullable ContentDiff changes,
            List<Decision> decisions,
            boolean current,
            boolean waits) {}

    /**
     * A withdrawal of a resource by its source.
     *
     * @param at the time when it was detected
     * @param reason which peer withdrew it, and how this was detected
     * @param archived the explanation that it was archived automatically; null if it was not
     * @param run the address of the run; null if the visitor may not see it
     */
    public record WithdrawalNote(
            Instant at,
            String reason,
            @Nullable String archived,
            @Nullable String run) {}

    private static WithdrawalNote note(Visit visit, PastWithdrawal withdrawal, Map<PeerId, Peer> peers) {
        Peer known = peers.get(withdrawal.source());
        String peer = known == null ? visit.say("resources.peer.unknown") : known.name();
        return new WithdrawalNote(
                withdrawal.at(),
                withdrawal.listed() == null
                        ? visit.say("resources.withdrawn.absent", peer)
                        : visit.say("resources.withdrawn.list", peer, withdrawal.listed()),
                withdrawal.archived() ? visit.say("resources.withdrawn.archived", peer) : null,
                visit.may(Role.ADMIN) ? "/peers/" + withdrawal.source() + "/runs/" + withdrawal.run() : null);
    }

    /** Returns the user who made the revision; null if a sync did. */
    static @Nullable String person(Revision revision) {
        return revision.author() instanceof Author.Person person ? person.user().value() : null;
    }

    private void history(Visit visit) {
        Resource resource = access.toEdit(visit).resource();
        Provenance.History history = provenance.history(resource);
        List<Revision> revisions = history.revisions();
        PageNumber page = PageNumber.of(visit.parameter("page"));
        int from = Math.min(page.offset(PAGE), revisions.size());
        int to = Math.min(from + PAGE, revisions.size());
        List<RevisionView> views = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Revision before = i + 1 < revisions.size() ? revisions.get(i + 1) : null;
            views.add(view(visit, revisions.get(i), before, history));
        }
        Map<String, Object> values =
                new HashMap<>(Map.of("resource", history.resource(), "revisions", views, "total", revisions.size()));
        String address = "/resources/" + resource.guid() + "/history?page=";
        values.put("source", access.source(resource));
        values.put(
                "withdrawals",
                history.withdrawals().stream()
                        .map(withdrawal -> note(visit, withdrawal, history.peers()))
                        .toList());
        values.put("previous", page.previous(address));
        values.put("next", page.next(address, to == revisions.size()));
        values.put("resubmits", ResourceAccess.resubmits(visit.signedIn(), resource));
        visit.render("resources/history", values);
    }

    private static RevisionView view(
            Visit visit, Revision revision, @Nullable Revision before, Provenance.History history) {
        String peer = null;
        String run = null;
        if (revision.author() instanceof Author.Sync sync) {
            Peer known = history.peers().get(sync.peer());
            peer = known == null ? visit.say("resources.peer.unknown") : known.name();
            run = visit.may(Role.ADMIN) ? "/peers/" + sync.peer() + "/runs/" + sync.run() : null;
        }
        return new RevisionView(
                revision.number(),
                revision.at(),
                person(revision),
                peer,
                run,
                before == null ? null : ContentDiff.between(before.content(), revision.content(), visit.words()),
                history.decisions().stream()
                        .filter(decision -> decision.revision() == revision.number())
                        .toList(),
                revision.equals(history.resource().revision()),
                revision.equals(history.resource().revisions().waiting()));
    }

    private void restore(Visit visit) {
        Resource resource = access.toEdit(visit).resource();
        String address = "/resources/" + resource.guid() + "/history";
        String wanted = visit.field("restored");
        boolean asRead = visit.field("revision")
                .equals(String.valueOf(resource.revision().number()));
        if (!wanted.matches("\\d{1,9}") || !asRead) {
            visit.go(address, "resources.changed.meanwhile");
            return;
        }
        int number = Integer.parseInt(wanted);
        Revision earlier = provenance.history(resource).revisions().stream()
                .filter(revision -> revision.number() == number)
                .findFirst()
                .orElse(null);
        if (earlier == null) {
            visit.go(address, "resources.changed.meanwhile");
            return;
        }
        try {
            // Restore and resubmit in one transaction, so that unreviewed content is never public.
            Resource restored = authoring.restore(
                    resource.guid(),
                    resource.revision().number(),
                    earlier,
                    visit.signedIn().name(),
                    !ResourceAccess.isTrusted(visit.signedIn()));
            visit.go(address, "resources.restored." + restored.status().word(), number);
        } catch (StaleResourceException e) {
            visit.go(address, "resources.changed.meanwhile");
        }
    }
}

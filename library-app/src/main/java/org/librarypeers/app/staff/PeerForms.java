package org.librarypeers.app.staff;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.Library;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.port.DuplicatePeerException;
import org.librarypeers.sync.port.PeerRepository;

/** Where peers are added and changed. */
final class PeerForms {

    private final Library library;
    private final PeerRepository peers;

    PeerForms(Library library) {
        this.library = library;
        this.peers = library.storage().peers();
    }

    void routes(PageRoutes routes) {
        routes.get("/peers/new", Role.ADMIN, visit -> show(visit, 200, PeerForm.empty(), null));
        routes.post("/peers/new", Role.ADMIN, visit -> sent(visit, null));
        routes.get("/peers/{id}/edit", Role.ADMIN, this::edit);
        routes.post("/peers/{id}/edit", Role.ADMIN, this::edited);
    }

    private void edit(Visit visit) {
        Optional<Peer> peer = Asked.peer(visit, library.storage());
        if (peer.isPresent()) {
            show(visit, 200, PeerForm.of(peer.get()), null);
        } else {
            visit.notFound();
        }
    }

    private void edited(Visit visit) {
        Optional<Peer> peer = Asked.peer(visit, library.storage());
        if (peer.isPresent()) {
            sent(visit, peer.get());
        } else {
            visit.notFound();
        }
    }

    private void sent(Visit visit, @Nullable Peer stored) {
        boolean test = visit.field("do").equals("test");
        PeerForm.Sent sent = PeerForm.read(visit, stored, peers, test);
        Peer peer = sent.peer();
        if (test) {
            tested(visit, sent, peer == null ? null : Finding.of(visit, library.sync(), peer));
        } else if (peer == null) {
            show(visit, 422, sent.form(), null);
        } else {
            save(visit, sent.form(), peer);
        }
    }

    /** Scripts get what was found alone, so that what was typed stays in the browser, the key too. */
    private void tested(Visit visit, PeerForm.Sent sent, @Nullable Finding finding) {
        if (visit.isPartial()) {
            visit.render("peers/tested", values(sent.form(), finding));
        } else {
            show(visit, finding == null ? 422 : 200, sent.form(), finding);
        }
    }

    private void save(Visit visit, PeerForm form, Peer peer) {
        Peer saved = form.stored() == null ? numbered(peer) : peer;
        try {
            peers.save(saved);
        } catch (DuplicatePeerException e) {
            // Somebody else was quicker.
            Peer other = peers.findByHost(peer.host()).orElse(null);
            show(visit, 422, form.taken(visit, other), null);
            return;
        }
        String key = "peers.saved";
        if (form.stored() == null) {
            key = saved.isQueryable() ? "peers.added" : "peers.added.unqueryable";
        }
        visit.go("/peers/" + saved.id(), key, saved.name());
    }

    private Peer numbered(Peer peer) {
        return new Peer(
                peers.nextId(),
                peer.name(),
                peer.host(),
                peer.apiUser(),
                peer.apiKey(),
                peer.active(),
                peer.reviewsUpdates(),
                peer.archivesWithdrawn());
    }

    private static void show(Visit visit, int status, PeerForm form, @Nullable Finding finding) {
        Map<String, Object> values = values(form, finding);
        values.put("again", finding != null || status != 200);
        visit.render(status, "peers/form", values);
    }

    private static Map<String, Object> values(PeerForm form, @Nullable Finding finding) {
        Map<String, Object> values = new HashMap<>();
        values.put("form", form);
        if (finding != null) {
            values.put("finding", finding);
        }
        return values;
    }
}

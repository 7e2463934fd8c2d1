package org.librarypeers.app.peers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.storage.DuplicatePeerException;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.SyncStorage;

/** The pages on which peers are added and edited. */
final class PeerForms {

    private final SyncStorage storage;
    private final SyncService sync;
    private final PeerRepository peers;

    PeerForms(SyncStorage storage, SyncService sync) {
        this.storage = storage;
        this.sync = sync;
        this.peers = storage.peers();
    }

    void routes(PageRoutes routes) {
        routes.get("/peers/new", Role.ADMIN, visit -> show(visit, 200, PeerForm.empty(visit.parameter("kind")), null));
        routes.post("/peers/new", Role.ADMIN, this::added);
        routes.get("/peers/{id}/edit", Role.ADMIN, this::edit);
        routes.post("/peers/{id}/edit", Role.ADMIN, this::edited);
    }

    private void edit(Visit visit) {
        Optional<Peer> peer = PathParameters.peer(visit, storage);
        if (peer.isPresent()) {
            show(visit, 200, PeerForm.of(peer.get()), null);
        } else {
            visit.notFound();
        }
    }

    private void edited(Visit visit) {
        Optional<Peer> peer = PathParameters.peer(visit, storage);
        if (peer.isEmpty()) {
            visit.notFound();
        } else if (isTest(visit)) {
            test(visit, peer.get());
        } else {
            change(visit, peer.get());
        }
    }

    private void added(Visit visit) {
        if (isTest(visit)) {
            test(visit, null);
            return;
        }
        PeerForm.Sent sent = PeerForm.read(visit, null, peers, false);
        if (sent.peer() == null) {
            show(visit, 422, sent.form(), null);
        } else {
            add(visit, sent.form(), sent.peer());
        }
    }

    private static boolean isTest(Visit visit) {
        return visit.field("do").equals("test");
    }

    private void test(Visit visit, @Nullable Peer stored) {
        PeerForm.Sent sent = PeerForm.read(visit, stored, peers, true);
        tested(visit, sent, sent.peer() == null ? null : ConnectionReport.of(visit, sync, sent.peer()));
    }

    /**
     * Sends the result of a test. Scripts receive the result alone, so that the typed values, including the key, stay in the
     * browser.
     */
    private void tested(Visit visit, PeerForm.Sent sent, @Nullable ConnectionReport finding) {
        if (visit.isPartial()) {
            visit.render("peers/tested", values(sent.form(), finding));
        } else {
            show(visit, finding == null ? 422 : 200, sent.form(), finding);
        }
    }

    private void add(Visit visit, PeerForm form, Peer peer) {
        Peer added = numbered(peer);
        try {
            peers.save(added);
        } catch (DuplicatePeerException e) {
            show(visit, 422, taken(visit, form), null);
            return;
        }
        visit.go("/peers/" + added.id(), messageKey(added), added.name());
    }

    private static String messageKey(Peer added) {
        if (!added.takesRequests()) {
            return "peers.added.unqueryable";
        }
        return added.syncsAutomatically() ? "peers.added.automatic" : "peers.added";
    }

    /** Returns the form with the error that another peer has the host, which was saved in the meantime. */
    private PeerForm taken(Visit visit, PeerForm form) {
        Peer other = form.isRepository()
                ? null
                : peers.findByHost(PeerHost.of(form.filled().value("host"))).orElse(null);
        return form.taken(visit, other);
    }

    private void change(Visit visit, Peer shown) {
        try {
            // Checks and saves in one transaction, because another administrator can change or remove the peer
            // concurrently.
            Optional<PeerForm.Sent> sent =
                    storage.inTransaction(() -> peers.findForUpdate(shown.id()).map(now -> saved(visit, now)));
            sent.ifPresentOrElse(each -> answer(visit, each), visit::notFound);
        } catch (DuplicatePeerException e) {
            PeerForm form = PeerForm.read(visit, shown, peers, false).form();
            show(visit, 422, taken(visit, form), null);
        }
    }

    /** Saves the submitted form if it is valid and the peer still has the values that the form showed. */
    private PeerForm.Sent saved(Visit visit, Peer now) {
        PeerForm.Sent sent = PeerForm.read(visit, now, peers, false);
        if (sent.peer() != null && sent.form().isBasedOn(now)) {
            peers.save(sent.peer());
        }
        return sent;
    }

    private static void answer(Visit visit, PeerForm.Sent sent) {
        Peer peer = sent.peer();
        Peer before = sent.form().stored();
        if (peer == null || before == null) {
            show(visit, 422, sent.form(), null);
        } else if (sent.form().isBasedOn(before)) {
            visit.go("/peers/" + peer.id(), "peers.saved", peer.name());
        } else {
            PeerForm stored = PeerForm.of(before);
            stored.filled().refuse("all", visit.say("peers.changed"));
            show(visit, 409, stored, null);
        }
    }

    private Peer numbered(Peer peer) {
        return peer.toBuilder().id(peers.nextId()).build();
    }

    private static void show(Visit visit, int status, PeerForm form, @Nullable ConnectionReport finding) {
        Map<String, Object> values = values(form, finding);
        values.put("again", finding != null || status != 200);
        visit.render(status, "peers/form", values);
    }

    private static Map<String, Object> values(PeerForm form, @Nullable ConnectionReport finding) {
        Map<String, Object> values = new HashMap<>();
        values.put("form", form);
        if (finding != null) {
            values.put("finding", finding);
        }
        return values;
    }
}

package org.librarypeers.app.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SelectionCondition;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.SelectionPreview;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.PeerRepository;

/** The page on which administrators choose what is taken of a peer, with a preview. */
final class SelectionPages {

    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";
    private static final int SAMPLE = 10;

    private final LibraryStorage storage;
    private final PeerRepository peers;

    SelectionPages(LibraryStorage storage) {
        this.storage = storage;
        this.peers = storage.peers();
    }

    void routes(PageRoutes routes) {
        routes.get("/peers/{id}/selection", Role.ADMIN, this::read);
        routes.post("/peers/{id}/selection", Role.ADMIN, this::sent);
    }

    private void read(Visit visit) {
        Optional<Peer> peer = PathParameters.peer(visit, storage);
        if (peer.isPresent()) {
            SelectionPreview preview = visit.parameter("preview").equals("1") ? preview(peer.get()) : null;
            show(visit, 200, peer.get(), form(peer.get()), preview);
        } else {
            visit.notFound();
        }
    }

    private static FormData form(Peer peer) {
        return new FormData()
                .with(INCLUDE, lines(peer.selection().includes()))
                .with(EXCLUDE, lines(peer.selection().excludes()))
                .sealed();
    }

    private static String lines(List<SelectionCondition> conditions) {
        return conditions.stream().map(SelectionCondition::toString).collect(Collectors.joining("\n"));
    }

    private void sent(Visit visit) {
        Peer peer = PathParameters.peer(visit, storage).orElse(null);
        if (peer == null) {
            visit.notFound();
            return;
        }
        FormData form = FormData.read(visit, INCLUDE, EXCLUDE, FormData.SEEN);
        SelectionRule rule = rule(visit, form);
        if (rule == null) {
            show(visit, 422, peer, form, null);
        } else if (visit.field("do").equals("preview")) {
            show(visit, 200, peer, form, preview(peer.withSelection(rule)));
        } else {
            save(visit, peer, form, rule);
        }
    }

    /** Returns the rule of a form; null if it is invalid, which the form then says. */
    private static @Nullable SelectionRule rule(Visit visit, FormData form) {
        List<SelectionCondition> includes = conditions(visit, form, INCLUDE);
        List<SelectionCondition> excludes = conditions(visit, form, EXCLUDE);
        if (!form.isGood()) {
            return null;
        }
        try {
            return new SelectionRule(includes, excludes);
        } catch (IllegalArgumentException e) {
            form.refuse(EXCLUDE, visit.say("peers.selection.conflict", SelectionRule.MAX_CONDITIONS));
            return null;
        }
    }

    private static List<SelectionCondition> conditions(Visit visit, FormData form, String field) {
        List<SelectionCondition> conditions = new ArrayList<>();
        for (String line : form.value(field).lines().toList()) {
            if (!line.isBlank()) {
                try {
                    conditions.add(SelectionCondition.parse(line));
                } catch (IllegalArgumentException e) {
                    form.refuse(field, visit.say("peers.selection.wrong", line.strip()));
                }
            }
        }
        return conditions;
    }

    private SelectionPreview preview(Peer peer) {
        return SelectionPreview.of(
                storage.selections(),
                peer.id(),
                storage.selections().state(peer).of(peer),
                SAMPLE);
    }

    /** Saves the rule if the peer still has the one that the form showed. */
    private void save(Visit visit, Peer shown, FormData form, SelectionRule rule) {
        Optional<Peer> before = storage.inTransaction(() -> {
            Optional<Peer> now = peers.findForUpdate(shown.id());
            now.filter(peer -> form.isBasedOn(form(peer))).ifPresent(peer -> peers.save(peer.withSelection(rule)));
            return now;
        });
        if (before.isEmpty()) {
            visit.notFound();
        } else if (form.isBasedOn(form(before.get()))) {
            visit.go("/peers/" + shown.id(), "peers.selection.saved", shown.name());
        } else {
            // What was typed stays in the form, which replaces the stored rule if it is sent again.
            Peer now = before.get();
            form.with(FormData.SEEN, form(now).value(FormData.SEEN));
            String stored = now.selection().takesEverything()
                    ? visit.say("peers.selection.everything")
                    : now.selection().toString();
            form.refuse("all", visit.say("peers.selection.changed", stored));
            show(visit, 409, now, form, null);
        }
    }

    private static void show(Visit visit, int status, Peer peer, FormData form, @Nullable SelectionPreview preview) {
        Map<String, Object> values = new HashMap<>();
        values.put("peer", peer);
        values.put("form", form);
        if (preview != null) {
            values.put("preview", preview);
        }
        visit.render(status, "peers/selection", values);
    }
}

package org.librarypeers.app.overview;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.librarypeers.app.peers.PeerView;
import org.librarypeers.app.peers.PeerViews;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.QuarantinedItem;

/** The start page of the staff. Reviewers see what waits for them; administrators also see how the library runs. */
public final class OverviewPages {

    private static final int PEERS_SHOWN = 10;
    private static final int QUARANTINES_SHOWN = 2;
    private static final int ITEMS_SHOWN = 5;
    private static final int SYNCS_SHOWN = 5;

    private final LibraryStorage storage;
    private final PeerViews peers;
    private final Supplier<Map<String, String>> troubles;
    private final Supplier<Optional<DiskSpace>> disk;

    /**
     * Creates the page.
     *
     * @param troubles returns why parts of the library do not work, in English, by the name of the part
     * @param disk returns the space on the disk; empty if it is unknown
     */
    public OverviewPages(
            LibraryStorage storage,
            PeerViews peers,
            Supplier<Map<String, String>> troubles,
            Supplier<Optional<DiskSpace>> disk) {
        this.storage = storage;
        this.peers = peers;
        this.troubles = troubles;
        this.disk = disk;
    }

    /** Adds this page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/overview", Role.REVIEWER, this::show);
    }

    /**
     * The quarantine of a peer.
     *
     * @param items its first items
     */
    public record Quarantine(PeerView peer, List<QuarantinedItem> items) {}

    private void show(Visit visit) {
        Map<InboxFilter.Kind, Long> waiting = storage.reviewQueue().counts(InboxFilter.ALL);
        visit.setWaiting(waiting.values().stream().mapToLong(Long::longValue).sum());
        Map<String, Object> values = new HashMap<>();
        values.put("waiting", waiting);
        values.put("oldest", storage.reviewQueue().waitingSince().orElse(null));
        values.put("reports", storage.problemReports().openCount());
        values.put("deadLinks", storage.links().deadCount());
        values.put("counts", storage.resources().counts());
        values.put("runs", visit.may(Role.ADMIN));
        PictureCounts pictures = storage.pictures().counts();
        values.put("pictures", pictures.waiting() + pictures.failed());
        if (visit.may(Role.ADMIN)) {
            showRuns(values);
        }
        visit.render("overview/overview", values);
    }

    private void showRuns(Map<String, Object> values) {
        List<PeerView> all = peers.states();
        List<Quarantine> quarantines = all.stream()
                .filter(peer -> peer.quarantined() > 0)
                .sorted(Comparator.comparingLong(PeerView::quarantined).reversed())
                .limit(QUARANTINES_SHOWN)
                .map(this::quarantine)
                .toList();
        values.put("troubles", troubles.get());
        values.put("failing", of(all, PeerView.State.FAILING));
        values.put("throttled", of(all, PeerView.State.THROTTLED));
        values.put("latest", latest(all));
        values.put("upcoming", upcoming(all));
        values.put("disk", disk.get().orElse(null));
        values.put("peers", all.size());
        values.put("quarantined", all.stream().mapToLong(PeerView::quarantined).sum());
        values.put("quarantines", quarantines);
        values.put("known", titled(quarantines));
    }

    private static List<PeerView> of(List<PeerView> peers, PeerView.State state) {
        return peers.stream()
                .filter(peer -> peer.state() == state)
                .limit(PEERS_SHOWN)
                .toList();
    }

    /** Returns the peers that were synced last, the latest first. */
    private static List<PeerView> latest(List<PeerView> peers) {
        return peers.stream()
                .filter(peer -> peer.last() != null)
                .sorted(Comparator.comparing((PeerView peer) ->
                                Objects.requireNonNull(peer.last()).started())
                        .reversed())
                .limit(PEERS_SHOWN)
                .toList();
    }

    /** Returns the peers that are synced next, the earliest first. */
    private static List<PeerView> upcoming(List<PeerView> peers) {
        return peers.stream()
                .filter(peer -> peer.isReady() && peer.next() != null)
                .sorted(Comparator.comparing((PeerView peer) -> Objects.requireNonNull(peer.next())))
                .limit(SYNCS_SHOWN)
                .toList();
    }

    private Quarantine quarantine(PeerView peer) {
        return new Quarantine(
                peer, storage.harvest().quarantinedItems(peer.peer().id(), ITEMS_SHOWN));
    }

    /** Returns the resources of quarantined items that were saved before. They supply the titles. */
    private Map<Guid, Resource> titled(List<Quarantine> quarantines) {
        List<Guid> guids = quarantines.stream()
                .flatMap(quarantine -> quarantine.items().stream())
                .flatMap(item -> Optional.ofNullable(item.guid()).stream())
                .toList();
        return guids.isEmpty() ? Map.of() : storage.resources().find(guids);
    }
}

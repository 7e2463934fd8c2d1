package org.librarypeers.sync.simulation;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.storage.QuarantinedItem;

/**
 * The promises about one reading of a bundle, which are checked when it has succeeded.
 *
 * @param library the library that reads
 * @param peer the peer that wrote the bundle
 * @param bundle the bundle
 * @param position the feed position of the cursor before; 0 if there was none
 * @param accepted the versions of the resources that were read from the peer before
 * @param withdrawn the resources that the peer had withdrawn before
 * @param early the resources that a bundle which came too early said to be deleted, with the feed positions
 * @param rereadSince the time since which every detail was to be read again; null if that was not requested
 */
record BundlePromises(
        SimLibrary library,
        Peer peer,
        SimBundle bundle,
        long position,
        Map<Guid, String> accepted,
        Set<Guid> withdrawn,
        Map<Guid, Long> early,
        @Nullable Instant rereadSince) {

    /** Everything of a library that reading a peer may change. */
    record Everything(long position, Map<Guid, Long> resources, Map<Guid, String> accepted, Set<Guid> withdrawn) {

        static Everything of(SimLibrary library, Peer peer) {
            Map<Guid, Long> resources = new TreeMap<>();
            library.resources().forEach(resource -> resources.put(resource.guid(), resource.version()));
            return new Everything(
                    BundlePromises.position(library, peer),
                    resources,
                    new TreeMap<>(versions(library, peer, resources.keySet())),
                    new TreeSet<>(library.storage.harvest().withdrawn(peer.id())));
        }
    }

    /** Returns the promises about a bundle that is read next. */
    static BundlePromises before(SimLibrary library, Peer peer, SimBundle bundle) {
        Set<Guid> guids = library.resources().stream().map(Resource::guid).collect(Collectors.toSet());
        guids.addAll(bundle.listed().keySet());
        return new BundlePromises(
                library,
                peer,
                bundle,
                position(library, peer),
                versions(library, peer, guids),
                Set.copyOf(library.storage.harvest().withdrawn(peer.id())),
                library.storage.earlyDeletions().positions(peer.id(), guids),
                library.storage.harvest().rereadSince(peer.id()).orElse(null));
    }

    /** Returns the feed position of the cursor of a peer; 0 if it was never read. */
    static long position(SimLibrary library, Peer peer) {
        Cursor cursor = library.storage.harvest().cursor(peer.id()).orElse(null);
        return cursor == null ? 0 : Long.parseLong(cursor.token());
    }

    private static Map<Guid, String> versions(SimLibrary library, Peer peer, Set<Guid> guids) {
        Map<Guid, String> versions = new HashMap<>();
        library.storage
                .harvest()
                .accepted(peer.id(), guids)
                .forEach((guid, item) -> versions.put(guid, item.version()));
        return versions;
    }

    void check(SyncReport report) {
        if (library.storage.peers().find(peer.id()).isEmpty()) {
            return;
        }
        theCursorIsRight(report);
        nothingNewerIsOverwritten(report);
        nothingNewerIsWithdrawn(report);
        everythingIsRead(report);
        aRequestToReadAgainIsKept(report);
    }

    private void theCursorIsRight(SyncReport report) {
        long expected = bundle.moved(position);
        Violation.unless(
                position(library, peer) == expected,
                "2 a cursor passes no gap and never goes back",
                "%s: the cursor of %s was at %d, and is at %d after %s, not at %d: %s",
                library,
                peer,
                position,
                position(library, peer),
                bundle,
                expected,
                report.log());
    }

    private void nothingNewerIsOverwritten(SyncReport report) {
        versions(library, peer, accepted.keySet())
                .forEach((guid, version) -> Violation.unless(
                        !isOlder(version, Objects.requireNonNull(accepted.get(guid))),
                        "2 a late bundle overwrites nothing newer",
                        "%s: %s of %s was read in version %s, and then in version %s from %s: %s",
                        library,
                        guid,
                        peer,
                        accepted.get(guid),
                        version,
                        bundle,
                        report.log()));
    }

    private void nothingNewerIsWithdrawn(SyncReport report) {
        Set<Guid> now = new HashSet<>(library.storage.harvest().withdrawn(peer.id()));
        now.removeAll(withdrawn);
        for (Guid guid : now) {
            String before = accepted.get(guid);
            String deleted = bundle.deleted().get(guid);
            boolean isNewer = before != null && deleted != null && isOlder(deleted, before);
            Violation.unless(
                    !isNewer && !bundle.listed().containsKey(guid) && (deleted != null || bundle.isComplete()),
                    "2 a late bundle withdraws nothing newer",
                    "%s: %s of %s was read in version %s, and then withdrawn by %s: %s",
                    library,
                    guid,
                    peer,
                    before,
                    bundle,
                    report.log());
        }
    }

    /** Checks that every resource of the bundle was read, unless the peer is known to have deleted it later. */
    private void everythingIsRead(SyncReport report) {
        Set<Guid> quarantined = library.storage.harvest().quarantinedItems(peer.id()).stream()
                .map(QuarantinedItem::guid)
                .collect(Collectors.toCollection(HashSet::new));
        Map<Guid, String> read = versions(library, peer, bundle.listed().keySet());
        bundle.listed().forEach((guid, version) -> {
            String now = read.get(guid);
            boolean isDeleted = position > bundle.upTo() || early.getOrDefault(guid, 0L) > bundle.upTo();
            boolean isPassed = isDeleted && (!accepted.containsKey(guid) || withdrawn.contains(guid));
            Violation.unless(
                    !isPassed || Objects.equals(now, accepted.get(guid)),
                    "2 a late bundle brings nothing that was deleted since",
                    "%s: %s of %s is in %s in version %s, was deleted since, and was read in version %s: %s",
                    library,
                    guid,
                    peer,
                    bundle,
                    version,
                    now,
                    report.log());
            Violation.unless(
                    isPassed || quarantined.contains(guid) || (now != null && !isOlder(now, version)),
                    "2 nothing of a bundle is lost",
                    "%s: %s of %s is in %s in version %s, and was read in version %s: %s",
                    library,
                    guid,
                    peer,
                    bundle,
                    version,
                    now,
                    report.log());
        });
    }

    /** Checks that a request to read every detail again ends only when all of them were read. A bundle may have only some. */
    private void aRequestToReadAgainIsKept(SyncReport report) {
        HarvestRepository harvest = library.storage.harvest();
        Violation.unless(
                rereadSince == null
                        || harvest.rereadSince(peer.id()).isPresent()
                        || harvest.longestUnread(peer.id(), rereadSince, library.clock.instant(), 1)
                                .isEmpty(),
                "2 a request to read every detail is kept until it is done",
                "%s: not every detail of %s was read again since %s by %s: %s",
                library,
                peer,
                rereadSince,
                bundle,
                report.log());
    }

    private static boolean isOlder(String version, String than) {
        try {
            return Instant.parse(version).isBefore(Instant.parse(than));
        } catch (DateTimeException e) {
            return false;
        }
    }
}

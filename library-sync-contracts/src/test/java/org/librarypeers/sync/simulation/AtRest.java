package org.librarypeers.sync.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.QuarantinedItem;

/** The conditions that must hold when the network has come to rest: all content has reached every reachable library. */
final class AtRest {

    private static final String REACHES = "2 nothing is lost, everything reaches everybody";

    private final World world;
    private final PeerOffers offers;

    AtRest(World world) {
        this.world = world;
        this.offers = new PeerOffers(world);
    }

    /** Checks the conditions that hold before the first reconciliation, when only changes have been read. */
    void checkWhatChanged() {
        for (SimLibrary library : world.libraries) {
            for (Peer peer : queryable(library)) {
                everythingOfferedIsHere(library, peer, guid -> !isPassedOver(guid));
                nothingOfferedIsBad(library, peer);
                everyDeletionIsKnown(library, peer);
            }
            library.resources().stream()
                    .filter(resource -> !isPassedOver(resource.guid()))
                    .forEach(resource -> itsSourceIsFollowed(library, resource));
        }
    }

    /**
     * Returns whether only a reconciliation finds the current content of the resource: it changed without a new date,
     * was absent for a time, or its row of the list was unreadable.
     */
    private boolean isPassedOver(Guid guid) {
        return world.passedOver.contains(guid)
                || world.sites.stream()
                        .flatMap(site -> site.rows(guid).stream())
                        .anyMatch(row -> row.changedInSilence || row.wasAbsent || row.passedUnread);
    }

    void check() {
        for (SimLibrary library : world.libraries) {
            for (Peer peer : queryable(library)) {
                everythingOfferedIsHere(library, peer, guid -> true);
                theRuleIsApplied(library, peer);
                nothingIsBad(library, peer);
                whatIsGoneIsMarked(library, peer);
            }
            library.resources().forEach(resource -> {
                itsSourceIsFollowed(library, resource);
                theMakersNewestIsHere(library, resource);
                whoMadeItIsItsSource(library, resource);
                aLostSourceIsReplaced(library, resource);
            });
        }
        world.libraries.forEach(this::anotherRunChangesNothing);
    }

    private static List<Peer> queryable(SimLibrary library) {
        return library.peers().stream().filter(Peer::isQueryable).toList();
    }

    /** Checks that the library marks as left out exactly what its rule leaves out. */
    private void theRuleIsApplied(SimLibrary library, Peer peer) {
        for (IncomingResource incoming : offers.of(peer)) {
            SimSite site = world.site(peer.host().orElseThrow());
            AcceptedItem accepted = library.storage
                    .harvest()
                    .accepted(peer.id(), List.of(incoming.guid()))
                    .get(incoming.guid());
            boolean isTwice = site != null && site.rows(incoming.guid()).size() > 1;
            Violation.unless(
                    accepted == null || isTwice || accepted.leftOut() != offers.isTaken(library, peer, incoming.guid()),
                    "exactly what the rule takes is followed",
                    "%s: %s of %s is left out: %s",
                    library,
                    incoming.guid(),
                    peer,
                    accepted);
        }
        Violation.unless(
                library.storage.selections().due(peer.id(), null, Integer.MAX_VALUE).stream()
                        .allMatch(item -> isGoneFromBundles(library, peer, item.guid())),
                "what a rule newly takes is requested",
                "%s: offers of %s are due",
                library,
                peer);
    }

    /** Returns whether no bundle answers for a resource, because the peer, which is read by bundles, no longer serves it. */
    private boolean isGoneFromBundles(SimLibrary library, Peer peer, @Nullable Guid guid) {
        return guid != null && BundleWork.isCarried(library, peer) && offers.of(peer, guid) == null;
    }

    private void everythingOfferedIsHere(SimLibrary library, Peer peer, Predicate<Guid> expected) {
        for (IncomingResource incoming : offers.of(peer)) {
            Violation.unless(
                    library.find(incoming.guid()) != null
                            || !expected.test(incoming.guid())
                            || !offers.isTaken(library, peer, incoming.guid()),
                    REACHES,
                    "%s: %s offers %s, which is not here",
                    library,
                    peer,
                    incoming.guid());
        }
    }

    /**
     * Checks that no item is quarantined that the peer offers. A quarantined item that is no longer offered may stay,
     * because only a reconciliation finds out.
     */
    private void nothingOfferedIsBad(SimLibrary library, Peer peer) {
        for (QuarantinedItem bad : library.storage.harvest().quarantinedItems(peer.id())) {
            Violation.unless(
                    bad.isUnreadableRow()
                            || isSecond(library, peer, bad)
                            || (bad.guid() != null && offers.of(peer, bad.guid()) == null),
                    REACHES,
                    "%s: all is good at %s again, but bad here: %s",
                    library,
                    peer,
                    bad);
        }
    }

    /** Returns whether the site has the GUID twice and this library accepted the other row. */
    private boolean isSecond(SimLibrary library, Peer peer, QuarantinedItem bad) {
        SimSite site = world.site(peer.host().orElseThrow());
        Guid guid = bad.guid();
        if (site == null || guid == null) {
            return false;
        }
        String first = PeerOffers.acceptedAs(library, peer, guid);
        List<SimSite.Row> rows =
                site.rows(guid).stream().filter(row -> row.approved).toList();
        return first != null
                && !first.equals(bad.remoteId())
                && rows.stream().anyMatch(row -> row.hasId(first))
                && rows.stream().anyMatch(row -> row.hasId(bad.remoteId()));
    }

    private void nothingIsBad(SimLibrary library, Peer peer) {
        Violation.unless(
                library.storage.harvest().quarantinedItems(peer.id()).stream()
                        .allMatch(bad -> isSecond(library, peer, bad) || isGoneFromBundles(library, peer, bad.guid())),
                REACHES,
                "%s: all is good at %s again, but bad here: %s",
                library,
                peer,
                library.storage.harvest().quarantinedItems(peer.id()));
    }

    /** Checks that withdrawn resources are marked, unless there are so many that it may be an outage. */
    private void whatIsGoneIsMarked(SimLibrary library, Peer peer) {
        Set<Guid> followed = library.storage.harvest().offered(peer.id());
        Set<Guid> unmarked = new HashSet<>(followed);
        offers.of(peer).forEach(incoming -> unmarked.remove(incoming.guid()));
        Violation.unless(
                unmarked.size() * 5 > followed.size() || unmarked.isEmpty(),
                "what a peer withdraws is marked",
                "%s: %s offers %s no longer",
                library,
                peer,
                unmarked);
    }

    /**
     * Checks that without a reconciliation it is known which resources another library no longer serves. Exceptions are those that were
     * so many that they may be an outage, and those whose rows an incomplete list lacked.
     */
    private void everyDeletionIsKnown(SimLibrary library, Peer peer) {
        if (world.library(peer.host().orElseThrow()) == null) {
            return;
        }
        Set<Guid> unmarked = new HashSet<>(library.storage.harvest().offered(peer.id()));
        offers.of(peer).forEach(incoming -> unmarked.remove(incoming.guid()));
        unmarked.removeAll(library.refused.getOrDefault(peer.id(), Set.of()));
        unmarked.removeAll(world.passedOver);
        Violation.unless(
                unmarked.isEmpty(),
                "2 a deletion is not missed",
                "%s: %s offers %s no longer",
                library,
                peer,
                unmarked);
    }

    private void itsSourceIsFollowed(SimLibrary library, Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer source)) {
            return;
        }
        Peer peer = library.storage.peers().find(source.peer()).orElse(null);
        IncomingResource sent =
                peer == null || !peer.isQueryable() ? null : offers.accepted(library, peer, resource.guid());
        if (sent == null
                || sent.route().passes(library.storage.id())
                || !offers.isTaken(library, peer, resource.guid())) {
            return;
        }
        ResourceContent theirs = sent.content();
        boolean same = resource.toReview().content().saysTheSameAs(theirs);
        // The last answer was read but is not shown, because the resource was edited here since, or because a newer
        // copy was already here.
        boolean hasSaid = hasSaid(library, resource, theirs);
        boolean passed = source.received().equals(theirs.fingerprint())
                && (resource.revision().author() instanceof Author.Person || hasSaid);
        // A copy that arrived in a cycle stays until its source sends something new, see Resource.stepBack.
        boolean inCycle = source.isCircularAt(library.storage.id()) && hasSaid;
        Violation.unless(
                same || passed || inCycle,
                REACHES,
                "%s follows %s at %s, which says %s, but it says %s here",
                library,
                resource.guid(),
                peer,
                theirs.title(),
                resource.content().title());
    }

    /**
     * Checks that the resource has the newest content of its maker, along the chain of sources, unless a library on the
     * way edited it or declined it.
     */
    private void theMakersNewestIsHere(SimLibrary library, Resource resource) {
        SimLibrary at = library;
        Resource followed = resource;
        Set<SimLibrary> passed = new HashSet<>();
        while (followed.origin() instanceof Origin.FromPeer source) {
            Peer peer = at.storage.peers().find(source.peer()).orElse(null);
            SimLibrary next = peer == null || !peer.isQueryable()
                    ? null
                    : world.library(peer.host().orElseThrow());
            if (next == null
                    || !passed.add(at)
                    || followed.revision().author() instanceof Author.Person
                    || offers.of(peer, resource.guid()) == null
                    || !offers.isTaken(at, peer, resource.guid())) {
                return;
            }
            at = next;
            followed = Objects.requireNonNull(at.find(resource.guid()));
            if (followed.revisions().waiting() != null) {
                return;
            }
        }
        ResourceContent newest = followed.content();
        boolean declined = passed.stream().anyMatch(each -> each.hasDeclined(resource.guid(), newest));
        // A library that has changed its source cannot distinguish an old copy from an old revision that the maker
        // restored, or from one that came by another way than an edited one.
        boolean edited = !hasSaid(at, followed, resource.toReview().content());
        boolean ambiguous = (edited || world.restored.contains(resource.guid()))
                && passed.stream()
                        .anyMatch(each -> hasSaid(each, Objects.requireNonNull(each.find(resource.guid())), newest));
        Violation.unless(
                declined || ambiguous || resource.toReview().content().saysTheSameAs(newest),
                REACHES,
                "%s made %s, and says %s, but at %s it says %s",
                at,
                resource.guid(),
                followed.content().title(),
                library,
                resource.content().title());
    }

    private static boolean hasSaid(SimLibrary library, Resource resource, ResourceContent content) {
        return resource.content().saysTheSameAs(content)
                || library.storage.resources().history(resource.guid()).stream()
                        .anyMatch(said -> said.content().saysTheSameAs(content));
    }

    private void whoMadeItIsItsSource(SimLibrary library, Resource resource) {
        if (!(resource.origin() instanceof Origin.FromPeer source)) {
            return;
        }
        for (Peer peer : queryable(library)) {
            boolean made = peer.address().equals(source.sourceHost());
            IncomingResource sent = made ? offers.of(peer, resource.guid()) : null;
            boolean byItself = sent != null && sent.sourceHost() == null;
            Violation.unless(
                    !byItself || source.peer().equals(peer.id()) || !offers.isTaken(library, peer, resource.guid()),
                    "who made it takes over",
                    "%s: %s made %s and offers it, but it is followed at %s",
                    library,
                    peer,
                    resource.guid(),
                    source.peer());
        }
    }

    private void aLostSourceIsReplaced(SimLibrary library, Resource resource) {
        if (library.storage.harvest().orphaned(List.of(resource.guid())).isEmpty()
                || !(resource.origin() instanceof Origin.FromPeer source)) {
            return;
        }
        boolean circular = source.isCircularAt(library.storage.id());
        for (Peer peer : queryable(library)) {
            IncomingResource sent = peer.id().equals(source.peer()) ? null : offers.of(peer, resource.guid());
            Violation.unless(
                    sent == null
                            || !offers.isTaken(library, peer, resource.guid())
                            || sent.route().passes(library.storage.id())
                            || (circular && hasSaid(library, resource, sent.content())),
                    "the next peer takes over",
                    "%s: %s is lost as the source of %s, and %s offers it too",
                    library,
                    source.peer(),
                    resource.guid(),
                    peer);
        }
    }

    private void anotherRunChangesNothing(SimLibrary library) {
        for (Peer peer : queryable(library)) {
            SyncReport preview =
                    world.quiet(library, World.AT_REST).preview(peer, SyncScope.CHANGES, SyncListener.NONE);
            SyncReport run = world.quiet(library, World.AT_REST).sync(peer, SyncScope.CHANGES, SyncListener.NONE);
            SyncLog log = run.log();
            SyncTally tally = log.tally();
            int seconds = library.storage.harvest().quarantinedItems(peer.id()).size();
            Violation.unless(
                    tally.added() == 0
                            && tally.updated() == 0
                            && tally.failed() == seconds
                            && log.status() == SyncStatus.SUCCEEDED
                            && preview.log().tally().equals(tally),
                    "4 nothing is done twice",
                    "%s: nothing has changed at %s, but %s",
                    library,
                    peer,
                    log);
            Violation.unless(
                    library.resources(Status.PENDING).isEmpty(),
                    "4 nothing is done twice",
                    "%s: something waits for a reviewer again",
                    library);
        }
    }
}

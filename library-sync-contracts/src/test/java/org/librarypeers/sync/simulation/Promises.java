package org.librarypeers.sync.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Revision;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.storage.AcceptedItem;

/** The promises that must hold in every library after every step. */
final class Promises {

    private final World world;

    Promises(World world) {
        this.world = world;
    }

    void check(Collection<SimLibrary> libraries) {
        libraries.stream().filter(library -> library.touched).forEach(library -> {
            library.touched = false;
            localWorkIsSacred(library);
            aStaleCopyOverwritesNothing(library);
            nothingIsLost(library);
            nothingIsPublishedUnread(library);
            whatAPolicyPublishedIsInTheHistory(library);
            whatIsUnreadIsShown(library);
            nothingFlips(library);
            everyRunCanBeExplained(library);
        });
    }

    private static void localWorkIsSacred(SimLibrary library) {
        library.made.forEach((guid, content) -> {
            Resource resource = library.find(guid);
            Violation.unless(
                    resource != null
                            && resource.origin() instanceof Origin.Local
                            && resource.content().saysTheSameAs(content)
                            && resource.status() == library.decided.get(guid),
                    "1 local work is sacred",
                    "%s made %s saying %s, and now it is %s",
                    library,
                    guid,
                    content.title(),
                    resource);
        });
    }

    /**
     * Checks that a successor does not bring back content that was overwritten before. Only people do that, by
     * restoring.
     */
    private void aStaleCopyOverwritesNothing(SimLibrary library) {
        for (Resource resource : library.resources()) {
            if (!(resource.origin() instanceof Origin.FromPeer source)) {
                continue;
            }
            PeerId before = library.sources.put(resource.guid(), source.peer());
            List<Revision> said = library.said.getOrDefault(resource.guid(), List.of());
            Peer peer =
                    library.storage.peers().findIncludingRemoved(source.peer()).orElse(null);
            boolean maker = peer != null && peer.access().isAt(source.sourceHost());
            boolean another = before != null && !before.equals(source.peer()) && !maker;
            Violation.unless(
                    !another
                            || !bringsBack(oldestFirst(library, resource), said.size(), source.peer())
                            || world.restored.contains(resource.guid()),
                    "a stale copy overwrites nothing",
                    "%s: %s took %s over and brought back %s",
                    library,
                    peer,
                    resource.guid(),
                    resource.revision());
        }
    }

    /**
     * Returns whether the first revision that the peer brought since then repeats an earlier one. Later revisions do
     * not count, because the peer is the source by then.
     */
    private static boolean bringsBack(List<Revision> all, int since, PeerId peer) {
        for (int i = since; i < all.size(); i++) {
            Revision brought = all.get(i);
            if (brought.author() instanceof Author.Sync sync && sync.peer().equals(peer)) {
                return all.subList(0, i).stream()
                        .anyMatch(said -> said.content().saysTheSameAs(brought.content()));
            }
        }
        return false;
    }

    /**
     * Checks that the history keeps every revision in order, and that no sync adds a revision equal to the one before.
     */
    private static void nothingIsLost(SimLibrary library) {
        for (Resource resource : library.resources()) {
            List<Revision> all = oldestFirst(library, resource);
            List<Revision> before = library.said.getOrDefault(resource.guid(), List.of());
            Violation.unless(
                    all.size() >= before.size() && all.subList(0, before.size()).equals(before),
                    "2 nothing is lost",
                    "%s: %s had said %s, and now its history is %s",
                    library,
                    resource.guid(),
                    before,
                    all);
            ResourceContent newest = library.newest.get(resource.guid());
            for (int i = before.size(); i < all.size(); i++) {
                Revision one = all.get(i);
                ResourceContent said = newest;
                newest = one.content();
                Violation.unless(
                        said == null
                                || one.author() instanceof Author.Person
                                || !one.content().saysTheSameAs(said),
                        "4 nothing is done twice",
                        "%s: a sync made %s say what it said already, %s",
                        library,
                        resource.guid(),
                        one);
            }
            library.said.put(resource.guid(), all);
            library.newest.put(resource.guid(), resource.toReview().content());
            library.stood
                    .computeIfAbsent(resource.guid(), guid -> new HashSet<>())
                    .add(resource.revision().number());
        }
    }

    private static List<Revision> oldestFirst(SimLibrary library, Resource resource) {
        List<Revision> all = new ArrayList<>(library.storage.resources().history(resource.guid()));
        all.add(resource.revision());
        if (resource.revisions().waiting() != null) {
            all.add(resource.revisions().waiting());
        }
        all.sort(Comparator.comparingInt(Revision::number));
        return all;
    }

    private static void nothingIsPublishedUnread(SimLibrary library) {
        for (Resource resource : library.resources()) {
            Status decided = library.decided.getOrDefault(resource.guid(), Status.PENDING);
            Peer source = resource.origin() instanceof Origin.FromPeer from
                    ? library.storage.peers().findIncludingRemoved(from.peer()).orElse(null)
                    : null;
            boolean wasApproved = decided == Status.APPROVED && source != null;
            boolean byPolicy = !library.decided.containsKey(resource.guid())
                    && decidedByPolicy(library, resource, PublicationPolicy.PUBLISH_EVERYTHING) > 0;
            boolean archived = (wasApproved || byPolicy) && resource.status() == Status.ARCHIVED;
            Violation.unless(
                    resource.status() == decided || archived || (byPolicy && resource.status() == Status.APPROVED),
                    "3 nothing is published unread",
                    "%s: %s is %s, but people decided %s",
                    library,
                    resource.guid(),
                    resource.status(),
                    decided);
            library.decided.put(resource.guid(), resource.status());
        }
    }

    /**
     * Returns the latest revision that was published by this policy according to the history; 0 if it is missing. Checks
     * that the peer that brought the revision has the policy.
     */
    private static int decidedByPolicy(SimLibrary library, Resource resource, PublicationPolicy policy) {
        Map<Integer, Revision> revisions = oldestFirst(library, resource).stream()
                .collect(Collectors.toMap(Revision::number, Function.identity()));
        int latest = 0;
        for (Decision decision : library.storage.decisions().about(resource.guid())) {
            if (decision.policy() != policy) {
                continue;
            }
            Author author = Objects.requireNonNull(revisions.get(decision.revision()), "the published revision")
                    .author();
            Peer peer = author instanceof Author.Sync sync
                    ? library.storage.peers().find(sync.peer()).orElse(null)
                    : null;
            boolean wasRemoved = author instanceof Author.Sync && peer == null;
            Violation.unless(
                    wasRemoved || (peer != null && peer.publication() == policy),
                    "3 the history tells what a policy published",
                    "%s: %s of %s by %s",
                    library,
                    decision,
                    resource,
                    author);
            latest = Math.max(latest, decision.revision());
        }
        return latest;
    }

    private static void whatAPolicyPublishedIsInTheHistory(SimLibrary library) {
        for (Resource resource : library.resources()) {
            int published = Math.max(
                    decidedByPolicy(library, resource, PublicationPolicy.PUBLISH_EVERYTHING),
                    decidedByPolicy(library, resource, PublicationPolicy.PUBLISH_UPDATES));
            int number = resource.revision().number();
            boolean byPeople = library.decidedOn.getOrDefault(resource.guid(), 0) >= number;
            boolean byPeer = resource.revision().author() instanceof Author.Sync;
            Violation.unless(
                    resource.status() != Status.APPROVED || !byPeer || byPeople || published == number,
                    "3 the history tells what a policy published",
                    "%s: revision %d of %s is public, and neither people nor a policy decided on it",
                    library,
                    number,
                    resource);
        }
    }

    /**
     * Checks that changes which a peer brought after a decision are shown to reviewers. If the updates of the peer are
     * reviewed, the change waits beside the public revision.
     */
    private static void whatIsUnreadIsShown(SimLibrary library) {
        for (Resource resource : library.resources()) {
            int decidedOn = Math.max(
                    library.decidedOn.getOrDefault(resource.guid(), 0),
                    decidedByPolicy(library, resource, PublicationPolicy.PUBLISH_EVERYTHING));
            Set<Integer> stood = library.stood.get(resource.guid());
            List<Revision> brought = oldestFirst(library, resource).stream()
                    .filter(revision -> revision.number() > decidedOn && revision.author() instanceof Author.Sync)
                    .toList();
            List<Author.Sync> unread = brought.stream()
                    .filter(revision -> stood.contains(revision.number()))
                    .map(revision -> (Author.Sync) revision.author())
                    .toList();
            boolean isPublic = resource.status() == Status.APPROVED;
            boolean isDecided = isPublic || resource.status() == Status.REJECTED;
            boolean waits = resource.revisions().waiting() != null;
            boolean is = resource.isChangedUpstream();
            // A revision that was current only between two checks may or may not have been public.
            boolean must = waits || (isDecided && !unread.isEmpty());
            boolean may = waits || (isDecided && !brought.isEmpty());
            Violation.unless(
                    is ? may : !must,
                    "3 what is unread is shown",
                    "%s: people decided on revision %d of %s, and it is said to be changed upstream: %s",
                    library,
                    decidedOn,
                    resource,
                    is);
            boolean readEachTime = unread.stream()
                    .map(sync -> library.storage.peers().find(sync.peer()).orElse(null))
                    .anyMatch(peer -> peer != null && peer.publication() == PublicationPolicy.REVIEW_EVERYTHING);
            Violation.unless(
                    !(isPublic && readEachTime),
                    "3 what is to be read each time is not public unread",
                    "%s: people decided on revision %d of %s",
                    library,
                    decidedOn,
                    resource);
        }
    }

    /**
     * Checks that if a site has one GUID twice, the row that was accepted first stays until the site no longer has it.
     */
    private void nothingFlips(SimLibrary library) {
        for (Peer peer : library.peers()) {
            SimSite site = world.site(peer.host().orElseThrow());
            if (site != null) {
                site.rows.stream()
                        .map(row -> row.guid)
                        .filter(guid -> site.rows(guid).size() > 1)
                        .distinct()
                        .forEach(guid -> theFirstStays(library, peer, site, guid));
            }
        }
    }

    private static void theFirstStays(SimLibrary library, Peer peer, SimSite site, Guid guid) {
        AcceptedItem taken =
                library.storage.harvest().accepted(peer.id(), List.of(guid)).get(guid);
        SimSite.Row now = taken == null
                ? null
                : site.rows(guid).stream()
                        .filter(row -> row.hasId(taken.remoteId()))
                        .findFirst()
                        .orElse(null);
        SimLibrary.First before = now == null
                ? library.first.remove(peer.id() + " " + guid)
                : library.first.put(
                        peer.id() + " " + guid, new SimLibrary.First(now, now.isThere() ? now.timesGone : -1));
        Violation.unless(
                now == null || before == null || before.row() == now || before.row().timesGone > before.timesGone(),
                "of two with one GUID the first stays",
                "%s: %s at %s flipped from %s to %s",
                library,
                guid,
                peer,
                before == null ? null : before.row().id,
                now == null ? null : now.id);
    }

    private static void everyRunCanBeExplained(SimLibrary library) {
        Map<SyncLogId, SyncTally> found = new HashMap<>();
        for (Resource resource : library.resources()) {
            for (Revision revision : oldestFirst(library, resource)) {
                if (revision.author() instanceof Author.Sync sync) {
                    boolean first = revision.number() == 1;
                    found.merge(
                            sync.run(), SyncTally.NONE.added(first ? 1 : 0).updated(first ? 0 : 1), SyncTally::plus);
                }
            }
        }
        for (SyncLog log : library.storage.syncLogs().recent(null, Integer.MAX_VALUE)) {
            SyncLog before = library.ended.get(log.id());
            Violation.unless(
                    before == null || before.equals(log),
                    "a run that has ended keeps nothing more",
                    "%s: %s had ended, and now it is %s",
                    library,
                    before,
                    log);
            if (log.finished() != null) {
                library.ended.put(log.id(), log);
            }
            if (before == null && isRemembered(library, log)) {
                SyncTally listed = listed(library, log.id());
                Violation.unless(
                        listed.equals(log.tally()),
                        "6 every run can be explained, item by item",
                        "%s: %s, but it lists %s",
                        library,
                        log,
                        listed);
            }
            SyncTally brought = found.getOrDefault(log.id(), SyncTally.NONE);
            Violation.unless(
                    log.tally().added() == brought.added() && log.tally().updated() == brought.updated(),
                    "6 every run can be explained",
                    "%s: %s, but it brought %s",
                    library,
                    log,
                    brought);
        }
    }

    /**
     * Returns whether the outcomes of the run must still be stored, which holds for the last ten runs of a peer. More
     * runs may have ended while one was under way.
     */
    private static boolean isRemembered(SimLibrary library, SyncLog log) {
        return library.storage.peers().find(log.peer()).isPresent()
                && library.storage.syncLogs().recent(log.peer(), 10).contains(log);
    }

    private static SyncTally listed(SimLibrary library, SyncLogId run) {
        Function<Outcome.Kind, Integer> count = kind ->
                (int) library.storage.syncLogs().outcomes(run, kind, 0, 1).total();
        return SyncTally.NONE
                .added(count.apply(Outcome.Kind.ADDED))
                .updated(count.apply(Outcome.Kind.UPDATED))
                .unchanged(count.apply(Outcome.Kind.UNCHANGED))
                .keptLocal(count.apply(Outcome.Kind.KEPT_LOCAL))
                .keptOtherSource(count.apply(Outcome.Kind.KEPT_OTHER_SOURCE))
                .failed(count.apply(Outcome.Kind.FAILED))
                .withdrawn(count.apply(Outcome.Kind.WITHDRAWN))
                .leftOut(count.apply(Outcome.Kind.LEFT_OUT));
    }

    /** Returns a number that changes whenever a library saves something new. */
    long saves() {
        long saves = 0;
        for (SimLibrary library : world.libraries) {
            for (Resource resource : library.resources()) {
                saves += resource.version();
            }
            for (Peer peer : library.peers()) {
                saves += 1_000_003L
                        * library.storage.harvest().withdrawn(peer.id()).size();
            }
        }
        return saves;
    }
}

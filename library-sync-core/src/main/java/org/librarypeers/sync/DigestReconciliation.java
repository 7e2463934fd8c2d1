package org.librarypeers.sync;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestRepository;

/**
 * The part of a run that compares digests with the peer, in place of reading its whole list. Resources that differ are
 * received like a page of the list. A resource that is missing from the digests is withdrawn only if the peer, asked
 * for it, answers that it does not have it. Wrong digests may hide a change, but never cause a withdrawal.
 */
final class DigestReconciliation {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Peer peer;
    private final HarvestRepository harvest;
    private final Clock clock;
    private final SyncSettings settings;
    private final BatchApplier applier;
    private final Quarantine quarantine;
    private final Deletions deletions;
    private @Nullable Instant asOf;
    private DigestComparison.@Nullable Differences differences;
    private int doubtful;

    DigestReconciliation(Peer peer, SyncParts parts, BatchApplier applier, Quarantine quarantine, Deletions deletions) {
        this.peer = peer;
        this.harvest = parts.storage().harvest();
        this.clock = parts.clock();
        this.settings = parts.settings();
        this.applier = applier;
        this.quarantine = quarantine;
        this.deletions = deletions;
    }

    /**
     * Compares the digests.
     *
     * @param beforeEach called before each request
     * @return why the whole list must be read instead; empty if the digests suffice, or if they are all that the run may use
     * @throws PeerException if the peer cannot be read
     */
    Optional<String> compare(PeerSession session, boolean isOnly, Runnable beforeEach) {
        asOf = clock.instant();
        try {
            differences = DigestComparison.of(
                            session, peer.address(), applier::versions, settings.differences(), beforeEach)
                    .orElse(null);
        } catch (PeerException e) {
            if (isOnly || e.reason() != PeerTrouble.UNREADABLE) {
                throw e;
            }
            return Optional.of("the whole list was read because " + e.getMessage());
        }
        if (differences == null && isOnly) {
            throw new PeerException(
                    PeerTrouble.UNREADABLE,
                    peer.address() + " does not answer requests for digests; start a sync or a reconciliation instead",
                    null);
        }
        if (differences == null) {
            return Optional.of("the whole list was read because the peer does not answer requests for digests");
        }
        if (!isOnly && harvest.hasUnreadFollowers(peer.id())) {
            return Optional.of(
                    "the whole list was read because digests do not show whether the peer still offers resources that were"
                            + " not read from it");
        }
        return isOnly || differences.isAll()
                ? Optional.empty()
                : Optional.of("the whole list was read because more than "
                        + Count.of(settings.differences(), "resource") + " differ from the peer's digests");
    }

    /** Receives what the peer serves and was not read in this version, as a page. */
    void receive(Consumer<ChangePage> receiver) {
        List<ChangePage.Item> items =
                found().toRead().stream().map(RangeSummary.Row::item).toList();
        if (!items.isEmpty()) {
            receiver.accept(new ChangePage(items, null, true, -1));
        }
    }

    /** Returns whether the peer does not serve a resource, by its digests. False if they were not compared to their end. */
    boolean lack(Guid guid) {
        if (differences == null || !differences.isAll()) {
            return false;
        }
        boolean isListed =
                differences.toRead().stream().anyMatch(row -> row.guid().equals(guid));
        AtomicBoolean wasRead = new AtomicBoolean();
        applier.versions(new GuidRange(guid, guid), (same, version) -> wasRead.set(true));
        return !isListed && (!wasRead.get() || differences.unserved().containsKey(guid));
    }

    private DigestComparison.Differences found() {
        if (differences == null) {
            throw new IllegalStateException("the digests were not compared");
        }
        return differences;
    }

    /**
     * Requests the resources that the digests do not contain. Returns the resources that the peer does not have.
     *
     * @param forget applied to the answers for resources that are left out by rule and not here, so that nothing else is to be done
     */
    Set<Guid> confirmedGone(PeerSession session, Consumer<List<Answered>> forget) {
        Map<Guid, String> unserved = found().unserved();
        Set<Guid> asked = new HashSet<>(unserved.keySet());
        asked.removeAll(deletions.withdrawn());
        if (asked.isEmpty()) {
            return Set.of();
        }
        Map<Guid, AcceptedItem> accepted = harvest.accepted(peer.id(), asked);
        List<ChangePage.Item> items = accepted.entrySet().stream()
                .filter(item -> ChangePage.Item.isFetchable(item.getValue().remoteId()))
                .map(item -> new ChangePage.Item(
                        item.getValue().remoteId(),
                        item.getKey(),
                        item.getValue().version(),
                        null))
                .sorted((one, other) -> one.remoteId().compareTo(other.remoteId()))
                .toList();
        List<ChangePage.Item> gone = new ArrayList<>();
        session.fetch(items, (item, answer) -> {
            // An id that belongs to another resource now is no longer the id of this one.
            boolean isGone = answer.match(
                    body -> !body.resource().guid().equals(item.guid()), absent -> true, unreadable -> false);
            if (isGone) {
                gone.add(item);
            }
        });
        doubtful = asked.size() - gone.size();
        Set<Guid> leftOut = accepted.entrySet().stream()
                .filter(item -> item.getValue().leftOut())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        leftOut.removeAll(harvest.followers(peer.id(), leftOut, clock.instant()).followed());
        List<Answered> forgotten = gone.stream()
                .filter(item -> leftOut.contains(item.guid()))
                .map(item -> new Answered(item, new Fetched.Gone()))
                .toList();
        forget.accept(forgotten);
        Set<Guid> others = gone.stream().map(ChangePage.Item::guid).collect(Collectors.toSet());
        forgotten.forEach(item -> others.remove(item.item().guid()));
        return others;
    }

    /**
     * Returns a summary of the findings of the comparison and of the remaining work, for the log of the run. Call it at
     * the end of the run.
     */
    String remark() {
        DigestComparison.Differences found = found();
        List<RangeSummary.Row> toRead = found.toRead();
        Map<Guid, String> here =
                quarantine.here(toRead.stream().map(RangeSummary.Row::guid).toList());
        int left = (int) toRead.stream()
                .filter(row -> !row.remoteId().equals(here.get(row.guid())))
                .count();
        List<String> clauses = new ArrayList<>();
        if (!toRead.isEmpty()) {
            clauses.add(Count.of(toRead.size(), "resource") + (toRead.size() == 1 ? " differs" : " differ")
                    + " from the peer's digests and " + (toRead.size() == 1 ? "was" : "were") + " requested"
                    + (left == 0 ? "" : "; " + left + " of them could not be accepted"));
        }
        if (doubtful > 0) {
            clauses.add(Count.of(doubtful, "resource") + (doubtful == 1 ? " is" : " are")
                    + " missing from the peer's digests, but the peer does not answer that it does not have "
                    + (doubtful == 1 ? "it" : "them") + "; nothing follows from that");
        }
        if (!found.isAll()) {
            clauses.add("there are more differences; start a reconciliation to receive them");
        } else if (left == 0 && doubtful == 0) {
            clauses.add("complete as of " + MINUTE.format(asOf) + ", by the peer's own digest");
        }
        return String.join("; ", clauses);
    }
}

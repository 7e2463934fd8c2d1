package org.librarypeers.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.storage.HarvestRepository;

/**
 * Requests the bodies of items from a peer, and resolves cases that a single answer does not decide.
 *
 * <p>If two remote ids have the same GUID, the one that was accepted first is kept as long as the peer still returns
 * that GUID for it, so that the two do not alternate. The other one is requested together with it, and is quarantined
 * or takes over.
 *
 * <p>If an item is listed but absent, the cause may be temporary, so the item is quarantined. If it is absent in a
 * later run too, its quarantine ends, and a resource that was accepted under its remote id counts as missing.
 */
final class Inquiry {

    private static final Fetched NOT_THERE = new Fetched.Unreadable(
            QuarantineReason.Kind.NOT_THERE, "it is listed, but was not found when it was requested");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** An order of remote ids: numbers first, in numeric order, then other ids. */
    private static final Comparator<String> EARLIEST = Comparator.comparingLong(
                    (String remoteId) -> NUMBER.matcher(remoteId).matches() ? Long.parseLong(remoteId) : Long.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    private static final Comparator<ChangePage.Item> BY_REMOTE_ID =
            Comparator.comparing(ChangePage.Item::remoteId, EARLIEST);

    private final PeerId peer;
    private final HarvestRepository harvest;
    private final Quarantine quarantine;
    private final ReadSoFar reading;
    private final Withdrawals withdrawals;
    private final Predicate<ChangePage.Item> unlisted;

    /** The number of items that were absent for the second time and are no longer quarantined. */
    private int leftOut;

    /**
     * Creates an inquiry for one run.
     *
     * @param unlisted whether the peer is known to list an item no longer, by its complete list or its digests
     */
    Inquiry(
            PeerId peer,
            HarvestRepository harvest,
            Quarantine quarantine,
            ReadSoFar reading,
            Withdrawals withdrawals,
            Predicate<ChangePage.Item> unlisted) {
        this.peer = peer;
        this.harvest = harvest;
        this.quarantine = quarantine;
        this.reading = reading;
        this.withdrawals = withdrawals;
        this.unlisted = unlisted;
    }

    /**
     * The answers of a peer.
     *
     * @param answered the items that can be decided on, with their answers
     * @param absent the versions of those items, by remote id, that are listed but absent
     * @param missing other items, which were accepted earlier and are absent for the second time
     * @param failure the failure that left some items unanswered; null if all were answered
     */
    record Answers(
            List<Answered> answered,
            Map<String, String> absent,
            List<ChangePage.Item> missing,
            @Nullable PeerException failure) {

        Batch batch(Batch.Rest rest) {
            return new Batch(answered, absent, rest);
        }

        List<ChangePage.Item> items() {
            return answered.stream().map(Answered::item).toList();
        }
    }

    /** Returns the items, grouped by GUID where known, with the earliest remote id first in each group. */
    static List<ChangePage.Item> inOrder(List<ChangePage.Item> items) {
        Map<Object, List<ChangePage.Item>> together = new LinkedHashMap<>();
        items.forEach(item -> together.computeIfAbsent(
                        item.guid() == null ? item.remoteId() : item.guid(), key -> new ArrayList<>())
                .add(item));
        together.values().forEach(same -> same.sort(BY_REMOTE_ID));
        return together.values().stream().flatMap(List::stream).toList();
    }

    /** Returns a remark about the items that were left out. Empty if there are none. */
    Optional<String> remark() {
        if (leftOut == 0) {
            return Optional.empty();
        }
        return Optional.of(
                leftOut == 1
                        ? "1 listed item was not found in two runs; it will not be requested again until the peer"
                                + " changes it or a reconciliation reads it"
                        : Count.of(leftOut, "listed item")
                                + " were not found in two runs; they will not be requested again until the peer changes"
                                + " them or a reconciliation reads them");
    }

    /** Returns the final answers for missing items. Items that are not withdrawn stay quarantined. */
    static Answers notThere(List<ChangePage.Item> missing, Set<Guid> withdrawn) {
        Map<String, String> absent = new HashMap<>();
        List<Answered> answered = new ArrayList<>();
        for (ChangePage.Item item : missing) {
            absent.put(item.remoteId(), item.version());
            answered.add(new Answered(item, withdrawn.contains(item.guid()) ? new Fetched.Gone() : NOT_THERE));
        }
        return new Answers(answered, absent, List.of(), null);
    }

    /** Requests items. A failure of the peer is returned, not thrown, so that the answers before it can be saved. */
    Answers ask(PeerSession session, List<ChangePage.Item> items) {
        // Compared by identity, because two items may be equal, and because bodies are long.
        IdentityHashMap<ChangePage.Item, Fetched> answers = new IdentityHashMap<>();
        Map<String, Fetched> ofAccepted = new HashMap<>();
        PeerException failure = null;
        try {
            askForAccepted(session, items, listed(items), ofAccepted);
            if (!items.isEmpty()) {
                session.fetch(items, answers::put);
            }
            askForAccepted(session, items, sent(items, answers), ofAccepted);
        } catch (PeerException e) {
            failure = e;
        }
        answers.forEach((item, answer) -> ofAccepted.put(item.remoteId(), answer));
        settleRivals(sent(items, answers), answers, ofAccepted);
        List<ChangePage.Item> answered =
                items.stream().filter(answers::containsKey).toList();
        return judged(answered, answers, failure);
    }

    /** A claim that an item is the resource with a GUID. */
    private record Claim(ChangePage.Item item, Guid guid) {}

    private static List<Claim> listed(List<ChangePage.Item> items) {
        List<Claim> claims = new ArrayList<>();
        for (ChangePage.Item item : items) {
            if (item.guid() != null) {
                claims.add(new Claim(item, item.guid()));
            }
        }
        return claims;
    }

    /**
     * Returns the claims of the bodies. An item whose body has another GUID than the list is invalid and claims
     * nothing.
     */
    private static List<Claim> sent(List<ChangePage.Item> items, IdentityHashMap<ChangePage.Item, Fetched> answers) {
        List<Claim> claims = new ArrayList<>();
        for (ChangePage.Item item : items) {
            Fetched answer = answers.get(item);
            if (answer != null) {
                body(answer)
                        .map(IncomingResource::guid)
                        .filter(guid -> item.guid() == null || item.guid().equals(guid))
                        .ifPresent(guid -> claims.add(new Claim(item, guid)));
            }
        }
        return claims;
    }

    private static Optional<IncomingResource> body(Fetched answer) {
        return answer.match(body -> Optional.of(body.resource()), gone -> Optional.empty(), bad -> Optional.empty());
    }

    /** Requests the remote ids under which claimed resources were accepted, if they differ from those of the items. */
    private void askForAccepted(
            PeerSession session, List<ChangePage.Item> items, List<Claim> claims, Map<String, Fetched> ofAccepted) {
        Map<Guid, String> accepted = accepted(claims);
        Set<String> asked = new HashSet<>(ofAccepted.keySet());
        items.forEach(item -> asked.add(item.remoteId()));
        List<ChangePage.Item> ask = new ArrayList<>();
        for (Claim claim : claims) {
            String first = accepted.get(claim.guid());
            if (first == null || !asked.add(first)) {
                continue;
            }
            ChangePage.Item before =
                    new ChangePage.Item(first, claim.guid(), claim.item().version(), null);
            if (before.isFetchable() && session.canFetch(before)) {
                ask.add(before);
            } else {
                // This is a row without an id, and it is no longer listed as it was accepted. The row that is listed
                // now is its update. Or the peer has no answer for it now.
                ofAccepted.put(first, new Fetched.Gone());
            }
        }
        if (!ask.isEmpty()) {
            session.fetch(ask, (item, answer) -> ofAccepted.put(item.remoteId(), answer));
        }
    }

    /** Returns the remote ids under which the claimed resources were accepted, by this run or an earlier one. */
    private Map<Guid, String> accepted(List<Claim> claims) {
        Set<Guid> guids = claims.stream().map(Claim::guid).collect(Collectors.toSet());
        Map<Guid, String> accepted = new HashMap<>();
        harvest.accepted(peer, guids).forEach((guid, item) -> accepted.put(guid, item.remoteId()));
        accepted.putAll(quarantine.here(guids));
        return accepted;
    }

    private void settleRivals(
            List<Claim> claims, IdentityHashMap<ChangePage.Item, Fetched> answers, Map<String, Fetched> ofAccepted) {
        Map<Guid, List<ChangePage.Item>> rivals = new LinkedHashMap<>();
        claims.forEach(claim ->
                rivals.computeIfAbsent(claim.guid(), guid -> new ArrayList<>()).add(claim.item()));
        Map<Guid, String> accepted = accepted(claims);
        rivals.forEach((guid, items) -> {
            String earliest = Collections.min(items, BY_REMOTE_ID).remoteId();
            String first = accepted.getOrDefault(guid, earliest);
            Fetched answer = ofAccepted.get(first);
            if (answer == null) {
                // The peer failed before it answered. The items must be requested again.
                items.forEach(answers::remove);
                return;
            }
            String stays = answer.match(
                    body -> body.resource().guid().equals(guid) ? first : earliest,
                    gone -> earliest,
                    unreadable -> first);
            String reason = "resource " + stays + " of this peer has the same GUID " + guid + " and takes precedence"
                    + answer.match(
                            body -> "",
                            gone -> "",
                            unreadable -> ", but cannot be read: "
                                    + unreadable.reason().detail());
            items.stream()
                    .filter(item -> !item.remoteId().equals(stays))
                    .forEach(
                            item -> answers.put(item, new Fetched.Unreadable(QuarantineReason.Kind.SAME_GUID, reason)));
        });
    }

    private Answers judged(
            List<ChangePage.Item> answered,
            IdentityHashMap<ChangePage.Item, Fetched> answers,
            @Nullable PeerException failure) {
        List<Answered> settled = new ArrayList<>();
        Map<String, String> absent = new HashMap<>();
        List<ChangePage.Item> missing = new ArrayList<>();
        for (ChangePage.Item item : answered) {
            Fetched answer = Objects.requireNonNull(answers.get(item));
            if (answer instanceof Fetched.Gone && isInDoubt(item)) {
                if (quarantine.wasAbsent(item) && isHeld(item)) {
                    missing.add(item);
                    continue;
                }
                absent.put(item.remoteId(), item.version());
                leftOut += quarantine.wasAbsent(item) ? 1 : 0;
                answer = quarantine.wasAbsent(item) || quarantine.isLeftOut(item) ? answer : NOT_THERE;
            }
            settled.add(new Answered(item, answer));
        }
        return new Answers(settled, absent, missing, failure);
    }

    /**
     * Returns whether the absence of an item is uncertain: the item is listed, or it was quarantined and is not known to be
     * listed no longer.
     */
    private boolean isInDoubt(ChangePage.Item item) {
        return !quarantine.isHereOtherwise(item)
                && (reading.isListed(item) || (quarantine.knows(item) && !unlisted.test(item)));
    }

    /** Returns whether the resource was accepted under this remote id and is not withdrawn. */
    private boolean isHeld(ChangePage.Item item) {
        Guid guid = item.guid();
        return guid != null
                && withdrawals.isOffered(guid)
                && item.remoteId()
                        .equals(accepted(List.of(new Claim(item, guid))).get(guid));
    }
}

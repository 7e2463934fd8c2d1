package org.librarypeers.sync.inmemory;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.notifications.Arrivals;
import org.librarypeers.sync.notifications.EndedRuns;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.NotificationRepository;
import org.librarypeers.sync.notifications.NotificationState;
import org.librarypeers.sync.storage.InboxFilter;

record InMemoryNotifications(InMemoryStorage storage) implements NotificationRepository {

    @Override
    public List<NotificationChoice> choices() {
        return storage.with(tables -> tables.choices.values().stream()
                .flatMap(choices -> choices.values().stream())
                .toList());
    }

    @Override
    public List<NotificationChoice> choices(UserName account) {
        return choices().stream()
                .filter(choice -> choice.account().equals(account))
                .toList();
    }

    @Override
    public void save(NotificationChoice choice) {
        storage.change(tables -> {
            Map<NotificationKind, NotificationChoice> all = new EnumMap<>(NotificationKind.class);
            all.putAll(tables.choices.getOrDefault(choice.account(), Map.of()));
            all.put(choice.kind(), choice);
            tables.choices.put(choice.account(), all);
        });
    }

    @Override
    public List<NotificationState> states() {
        return storage.with(tables -> List.copyOf(tables.states.values()));
    }

    /** Transactions run one at a time, so the transaction of the caller is a lock. */
    @Override
    public Optional<NotificationState> lock(String subject) {
        return storage.with(tables -> Optional.ofNullable(tables.states.get(subject)));
    }

    @Override
    public void save(NotificationState state) {
        storage.change(tables -> tables.states.put(state.subject(), state));
    }

    @Override
    public void remove(String subject) {
        storage.change(tables -> tables.states.remove(subject));
    }

    /** A resource that began to wait. */
    private record Arrival(@Nullable PeerId peer, InboxFilter.Kind kind, Instant at) {}

    @Override
    public List<Arrivals> arrivals(Instant after, Instant until) {
        return storage.with(tables -> {
            Map<Arrival, Long> counts = Stream.concat(
                            tables.resources.values().stream()
                                    .map(CatalogueEntry::resource)
                                    .map(InMemoryNotifications::arrival),
                            new InMemoryOffers(tables)
                                    .withdrawals()
                                    .map(withdrawal -> new Arrival(
                                            source(Objects.requireNonNull(tables.resources.get(withdrawal.resource()))
                                                    .resource()),
                                            InboxFilter.Kind.WITHDRAWN,
                                            withdrawal.since())))
                    .filter(Objects::nonNull)
                    .filter(arrival ->
                            arrival.at().isAfter(after) && !arrival.at().isAfter(until))
                    .map(arrival -> new Arrival(arrival.peer(), arrival.kind(), until))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            return counts.entrySet().stream()
                    .map(count ->
                            new Arrivals(count.getKey().peer(), count.getKey().kind(), count.getValue()))
                    .toList();
        });
    }

    private static @Nullable Arrival arrival(Resource resource) {
        if (resource.status() == Status.PENDING) {
            return new Arrival(source(resource), InboxFilter.Kind.PENDING, resource.updated());
        }
        return resource.isChangedUpstream()
                ? new Arrival(
                        source(resource),
                        InboxFilter.Kind.CHANGED_UPSTREAM,
                        resource.toReview().at())
                : null;
    }

    private static @Nullable PeerId source(Resource resource) {
        return resource.origin() instanceof Origin.FromPeer from ? from.peer() : null;
    }

    @Override
    public List<EndedRuns> ended(Instant after, Instant until) {
        return storage.with(tables -> tables.logs.values().stream()
                .filter(log -> log.finished() != null
                        && log.finished().isAfter(after)
                        && !log.finished().isAfter(until))
                .map(log -> new EndedRuns(log.peer(), log.status(), 1, log.tally()))
                .collect(Collectors.groupingBy(
                        runs -> Map.entry(runs.peer(), runs.status()),
                        Collectors.reducing(InMemoryNotifications::plus)))
                .values()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    private static EndedRuns plus(EndedRuns one, EndedRuns other) {
        return new EndedRuns(
                one.peer(),
                one.status(),
                one.number() + other.number(),
                one.tally().plus(other.tally()));
    }
}

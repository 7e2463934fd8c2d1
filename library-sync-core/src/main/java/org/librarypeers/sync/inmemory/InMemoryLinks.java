package org.librarypeers.sync.inmemory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.links.DeadLink;
import org.librarypeers.sync.links.LinkCounts;
import org.librarypeers.sync.links.LinkRepository;
import org.librarypeers.sync.links.LinkState;
import org.librarypeers.sync.links.LinkTask;

record InMemoryLinks(InMemoryStorage storage) implements LinkRepository {

    /** A link. */
    record Kept(long id, String address, String host, Instant due, LinkState state) {

        private Kept dueAt(Instant time) {
            return new Kept(id, address, host, time, state);
        }
    }

    @Override
    public int scan(int limit, Instant now) {
        int[] count = new int[1];
        storage.change(tables -> {
            List<CatalogueEntry> changed = tables.resources.values().stream()
                    .filter(entry ->
                            entry.resource().status() == Status.APPROVED && entry.position() > tables.linksScannedTo)
                    .sorted(Comparator.comparingLong(CatalogueEntry::position))
                    .limit(limit)
                    .toList();
            for (CatalogueEntry entry : changed) {
                addresses(entry.resource()).forEach(address -> add(tables, address, now));
                tables.linksScannedTo = entry.position();
            }
            count[0] = changed.size();
        });
        return count[0];
    }

    private static Stream<String> addresses(Resource resource) {
        return resource.content().attachments().stream()
                .map(Attachment::url)
                .filter(url -> PeerHost.ofWritten(url).isPresent())
                .distinct();
    }

    private static void add(InMemoryTables tables, String address, Instant now) {
        if (tables.links.values().stream().noneMatch(link -> link.address().equals(address))) {
            long id = ++tables.lastLink;
            String host = PeerHost.ofWritten(address).orElseThrow().toString();
            tables.links.put(id, new Kept(id, address, host, now, LinkState.UNCHECKED));
        }
    }

    private static List<CatalogueEntry> having(InMemoryTables tables, String address) {
        return tables.resources.values().stream()
                .filter(entry -> entry.resource().status() == Status.APPROVED)
                .filter(entry -> addresses(entry.resource()).anyMatch(address::equals))
                .sorted(Comparator.comparingLong(CatalogueEntry::id))
                .toList();
    }

    @Override
    public Optional<LinkTask> claim(Instant now, Duration claim, Duration pause) {
        if (storage.isInTransaction()) {
            throw new IllegalStateException("a link must be claimed outside of a transaction");
        }
        List<LinkTask> claimed = new ArrayList<>();
        storage.change(tables -> {
            tables.links
                    .values()
                    .removeIf(link -> !link.due().isAfter(now)
                            && having(tables, link.address()).isEmpty());
            tables.links.values().stream()
                    .filter(link -> !link.due().isAfter(now))
                    .filter(link -> !tables.linkHosts
                            .getOrDefault(link.host(), Instant.MIN)
                            .isAfter(now))
                    .min(Comparator.comparing((Kept link) -> tables.linkHosts.getOrDefault(link.host(), Instant.MIN))
                            .thenComparing(Kept::host)
                            .thenComparing(Kept::due)
                            .thenComparing(Kept::id))
                    .ifPresent(link -> {
                        tables.links.put(link.id(), link.dueAt(now.plus(claim)));
                        tables.linkHosts.put(link.host(), now.plus(pause));
                        claimed.add(new LinkTask(
                                link.id(), link.address(), link.host(), link.state(), peers(tables, link.address())));
                    });
        });
        return claimed.stream().findFirst();
    }

    private static Set<PeerHost> peers(InMemoryTables tables, String address) {
        Set<PeerHost> peers = new HashSet<>();
        having(tables, address).forEach(entry -> {
            if (entry.resource().origin() instanceof Origin.FromPeer source) {
                Optional.ofNullable(tables.peers.get(source.peer()))
                        .flatMap(Peer::host)
                        .ifPresent(peers::add);
            }
        });
        return peers;
    }

    @Override
    public void checked(long link, LinkState state, Instant due) {
        storage.change(tables -> tables.links.computeIfPresent(
                link, (id, kept) -> new Kept(id, kept.address(), kept.host(), due, state)));
    }

    @Override
    public Map<String, LinkState> find(Collection<String> addresses) {
        return storage.with(tables -> {
            Map<String, LinkState> found = new HashMap<>();
            tables.links.values().stream()
                    .filter(link -> link.state().checked() != null && addresses.contains(link.address()))
                    .forEach(link -> found.put(link.address(), link.state()));
            return found;
        });
    }

    @Override
    public List<DeadLink> dead(long before, int limit) {
        return storage.with(tables -> tables.links.values().stream()
                .filter(link -> link.id() < before && link.state().isDead())
                .filter(link -> !having(tables, link.address()).isEmpty())
                .sorted(Comparator.comparingLong(Kept::id).reversed())
                .limit(limit)
                .map(link -> dead(tables, link))
                .toList());
    }

    private static DeadLink dead(InMemoryTables tables, Kept link) {
        List<CatalogueEntry> having = having(tables, link.address());
        List<Guid> resources = having.stream()
                .limit(DeadLink.MAX_RESOURCES)
                .map(entry -> entry.resource().guid())
                .toList();
        return new DeadLink(
                link.id(),
                link.address(),
                link.state(),
                resources,
                nearest(tables, link, having).orElse(null));
    }

    private static Optional<DeadLink.Copy> nearest(InMemoryTables tables, Kept link, List<CatalogueEntry> having) {
        return copy(tables, link, having).or(() -> source(having));
    }

    @Override
    public Map<String, DeadLink.Copy> copies(Collection<String> addresses) {
        return storage.with(tables -> {
            Map<String, DeadLink.Copy> copies = new HashMap<>();
            tables.links.values().stream()
                    .filter(link -> link.state().isDead() && addresses.contains(link.address()))
                    .forEach(link -> nearest(tables, link, having(tables, link.address()))
                            .ifPresent(copy -> copies.put(link.address(), copy)));
            return copies;
        });
    }

    private static Optional<DeadLink.Copy> copy(InMemoryTables tables, Kept link, List<CatalogueEntry> having) {
        Set<Guid> guids = new HashSet<>();
        having.forEach(entry -> entry.resource().content().attachments().stream()
                .filter(attachment -> attachment.url().equals(link.address()))
                .forEach(attachment -> guids.add(attachment.guid())));
        return tables.resources.values().stream()
                .filter(entry -> entry.resource().status() == Status.APPROVED)
                .sorted(Comparator.comparingLong(CatalogueEntry::id))
                .flatMap(entry -> entry.resource().content().attachments().stream())
                .filter(attachment -> guids.contains(attachment.guid()) && isAlive(tables, attachment.url()))
                .map(attachment -> new DeadLink.Copy(attachment.url(), false))
                .findFirst();
    }

    private static boolean isAlive(InMemoryTables tables, String url) {
        return url.startsWith("/media/")
                || tables.links.values().stream()
                        .anyMatch(link -> link.address().equals(url)
                                && link.state().checked() != null
                                && link.state().problem() == null);
    }

    private static Optional<DeadLink.Copy> source(List<CatalogueEntry> having) {
        return having.stream()
                .map(entry -> entry.resource().origin())
                .flatMap(origin -> origin instanceof Origin.FromPeer source && source.sourceUrl() != null
                        ? Stream.of(new DeadLink.Copy(source.sourceUrl(), true))
                        : Stream.empty())
                .findFirst();
    }

    @Override
    public LinkCounts counts() {
        return storage.with(tables -> {
            long unchecked = count(tables, link -> link.checked() == null);
            long dead = tables.links.values().stream()
                    .filter(link -> link.state().isDead()
                            && !having(tables, link.address()).isEmpty())
                    .count();
            long failing = count(tables, link -> !link.isDead() && link.failures() > 0);
            return new LinkCounts(
                    unchecked, count(tables, link -> link.checked() != null && link.failures() == 0), failing, dead);
        });
    }

    private static long count(InMemoryTables tables, Predicate<LinkState> state) {
        return tables.links.values().stream().map(Kept::state).filter(state).count();
    }

    @Override
    public Optional<String> checkAgain(long link, Instant now) {
        List<String> made = new ArrayList<>();
        storage.change(tables -> tables.links.computeIfPresent(link, (id, kept) -> {
            if (!kept.state().isDead()) {
                return kept;
            }
            made.add(kept.address());
            return kept.dueAt(now);
        }));
        return made.stream().findFirst();
    }
}

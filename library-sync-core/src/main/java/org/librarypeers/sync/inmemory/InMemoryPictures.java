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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Revision;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.pictures.FailingPicture;
import org.librarypeers.sync.pictures.PictureAddress;
import org.librarypeers.sync.pictures.PictureCopies;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.pictures.PictureProblem;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.pictures.PictureTask;

record InMemoryPictures(InMemoryStorage storage) implements PictureRepository {

    /** A picture. The time when it is due is null if it is not tried again. */
    record Kept(
            long id,
            String address,
            @Nullable Instant due,
            int attempts,
            @Nullable PictureProblem problem,
            String detail,
            @Nullable PictureCopies copies,
            @Nullable String etag,
            @Nullable String lastModified) {

        private Kept due(@Nullable Instant time) {
            return new Kept(id, address, time, attempts, problem, detail, copies, etag, lastModified);
        }
    }

    /** The numbers of the revisions that were scanned last, and the addresses that they named. */
    record Scanned(int current, int waiting, Set<String> addresses) {}

    @Override
    public int scan(Function<Resource, Set<String>> named, int limit, Instant now) {
        int[] count = new int[1];
        storage.change(tables -> {
            tables.pictureScans.keySet().retainAll(tables.resources.keySet());
            for (CatalogueEntry entry : List.copyOf(tables.resources.values())) {
                Resource resource = entry.resource();
                Revision waiting = resource.revisions().waiting();
                int current = resource.revision().number();
                int next = waiting == null ? 0 : waiting.number();
                Scanned before = tables.pictureScans.get(resource.guid());
                boolean isScanned = before != null && before.current() == current && before.waiting() == next;
                if (!isScanned && count[0] < limit) {
                    count[0]++;
                    Set<String> addresses = Set.copyOf(named.apply(resource));
                    tables.pictureScans.put(resource.guid(), new Scanned(current, next, addresses));
                    addresses.stream().sorted().forEach(address -> add(tables, address, now));
                }
            }
        });
        return count[0];
    }

    private static void add(InMemoryTables tables, String address, Instant now) {
        if (tables.pictures.values().stream().noneMatch(kept -> kept.address().equals(address))) {
            long id = ++tables.lastPicture;
            tables.pictures.put(id, new Kept(id, address, now, 0, null, "", null, null, null));
        }
    }

    @Override
    public Optional<PictureTask> claim(Instant now, Duration claim, Collection<String> except, String after) {
        if (storage.isInTransaction()) {
            throw new IllegalStateException("a picture must be claimed outside of a transaction");
        }
        List<PictureTask> claimed = new ArrayList<>();
        storage.change(tables -> {
            Predicate<Kept> isDue = kept -> kept.due() != null
                    && !kept.due().isAfter(now)
                    && !except.contains(PictureAddress.host(kept.address()));
            Comparator<Kept> order = Comparator.comparing(
                            (Kept kept) -> PictureAddress.host(kept.address()).compareTo(after) <= 0)
                    .thenComparing(kept -> PictureAddress.host(kept.address()))
                    .thenComparing(kept -> Objects.requireNonNull(kept.due()))
                    .thenComparing(Kept::id);
            tables.pictures.values().stream().filter(isDue).min(order).ifPresent(kept -> {
                tables.pictures.put(kept.id(), kept.due(now.plus(claim)));
                claimed.add(task(tables, kept));
            });
        });
        return claimed.stream().findFirst();
    }

    private static PictureTask task(InMemoryTables tables, Kept kept) {
        Set<PeerHost> peers = new HashSet<>();
        tables.pictureScans.forEach((guid, scanned) -> {
            CatalogueEntry entry = tables.resources.get(guid);
            if (entry != null
                    && scanned.addresses().contains(kept.address())
                    && entry.resource().origin() instanceof Origin.FromPeer source) {
                Peer peer = tables.peers.get(source.peer());
                if (peer != null) {
                    peer.host().ifPresent(peers::add);
                }
            }
        });
        return new PictureTask(
                kept.id(),
                kept.address(),
                PictureAddress.host(kept.address()),
                kept.attempts(),
                kept.copies(),
                kept.etag(),
                kept.lastModified(),
                peers);
    }

    @Override
    public void kept(
            long picture, PictureCopies copies, @Nullable String etag, @Nullable String lastModified, Instant due) {
        replace(picture, kept -> new Kept(kept.id(), kept.address(), due, 0, null, "", copies, etag, lastModified));
    }

    @Override
    public void unchanged(long picture, Instant due) {
        replace(
                picture,
                kept -> new Kept(
                        kept.id(), kept.address(), due, 0, null, "", kept.copies(), kept.etag(), kept.lastModified()));
    }

    @Override
    public void failed(long picture, PictureProblem problem, String detail, @Nullable Instant due) {
        replace(
                picture,
                kept -> new Kept(
                        kept.id(),
                        kept.address(),
                        due,
                        kept.attempts() + 1,
                        problem,
                        detail,
                        kept.copies(),
                        kept.etag(),
                        kept.lastModified()));
    }

    private void replace(long picture, UnaryOperator<Kept> change) {
        storage.change(tables -> tables.pictures.computeIfPresent(picture, (id, kept) -> change.apply(kept)));
    }

    @Override
    public Map<String, PictureCopies> find(Collection<String> addresses) {
        return storage.with(tables -> {
            Map<String, PictureCopies> found = new HashMap<>();
            for (Kept kept : tables.pictures.values()) {
                if (kept.copies() != null && addresses.contains(kept.address())) {
                    found.put(kept.address(), kept.copies());
                }
            }
            return found;
        });
    }

    @Override
    public List<FailingPicture> failing(long before, int limit) {
        return storage.with(tables -> tables.pictures.headMap(before, false).descendingMap().values().stream()
                .flatMap(kept -> failing(tables, kept).stream())
                .limit(limit)
                .toList());
    }

    private static Optional<FailingPicture> failing(InMemoryTables tables, Kept kept) {
        PictureProblem problem = kept.problem();
        if (problem == null) {
            return Optional.empty();
        }
        Guid resource = naming(tables, kept).findFirst().orElse(null);
        return Optional.of(new FailingPicture(
                kept.id(),
                kept.address(),
                problem,
                kept.detail(),
                kept.attempts(),
                kept.due(),
                resource,
                kept.copies() != null));
    }

    private static Stream<Guid> naming(InMemoryTables tables, Kept kept) {
        return tables.pictureScans.entrySet().stream()
                .filter(scan -> tables.resources.containsKey(scan.getKey())
                        && scan.getValue().addresses().contains(kept.address()))
                .map(Map.Entry::getKey);
    }

    @Override
    public Optional<String> retry(long picture, Instant now) {
        List<String> addresses = new ArrayList<>();
        storage.change(tables -> Optional.ofNullable(tables.pictures.get(picture))
                .filter(kept -> kept.problem() != null)
                .ifPresent(kept -> {
                    tables.pictures.put(picture, again(kept, now));
                    addresses.add(kept.address());
                }));
        return addresses.stream().findFirst();
    }

    private static Kept again(Kept kept, Instant now) {
        return new Kept(
                kept.id(),
                kept.address(),
                now,
                0,
                kept.problem(),
                kept.detail(),
                kept.copies(),
                kept.etag(),
                kept.lastModified());
    }

    @Override
    public int retryAll(Instant now) {
        List<Long> failing = storage.with(tables -> tables.pictures.values().stream()
                .filter(kept -> kept.problem() != null)
                .map(Kept::id)
                .toList());
        failing.forEach(id -> replace(id, kept -> again(kept, now)));
        return failing.size();
    }

    @Override
    public PictureCounts counts() {
        return storage.with(tables -> {
            Map<Boolean, Long> counts = tables.pictures.values().stream()
                    .filter(kept -> kept.copies() == null)
                    .collect(Collectors.partitioningBy(kept -> kept.due() == null, Collectors.counting()));
            return new PictureCounts(
                    Math.min(PictureCounts.MAX, counts.getOrDefault(false, 0L)),
                    Math.min(PictureCounts.MAX, counts.getOrDefault(true, 0L)));
        });
    }

    @Override
    public int removeUnnamed(int limit, Consumer<List<String>> deletion) {
        int[] count = new int[1];
        storage.change(tables -> {
            List<Kept> unnamed = tables.pictures.values().stream()
                    .filter(kept -> naming(tables, kept).findAny().isEmpty())
                    .limit(limit)
                    .toList();
            unnamed.forEach(kept -> tables.pictures.remove(kept.id()));
            deletion.accept(unnamed.stream()
                    .flatMap(kept -> Stream.ofNullable(kept.copies()))
                    .flatMap(copies -> copies.files().stream())
                    .toList());
            count[0] = unnamed.size();
        });
        return count[0];
    }
}

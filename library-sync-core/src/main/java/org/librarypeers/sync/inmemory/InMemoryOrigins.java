package org.librarypeers.sync.inmemory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.OriginCount;

/** Counts resources by origin. */
final class InMemoryOrigins {

    private InMemoryOrigins() {}

    private static final Comparator<OriginCount> ORDER = Comparator.comparing(
                    OriginCount::source, Comparator.nullsFirst(Comparator.<PeerId>naturalOrder()))
            .thenComparing(text(OriginCount::sourceHost))
            .thenComparing(text(OriginCount::sourceName));

    private static Comparator<OriginCount> text(Function<OriginCount, @Nullable String> text) {
        return Comparator.comparing(text, Comparator.nullsFirst(Comparator.<String>naturalOrder()));
    }

    static List<OriginCount> counts(Collection<CatalogueEntry> entries) {
        Map<OriginCount, OriginCount> counts = new TreeMap<>(ORDER);
        entries.forEach(entry -> counts.merge(of(entry), of(entry), InMemoryOrigins::plus));
        return List.copyOf(counts.values());
    }

    private static OriginCount of(CatalogueEntry entry) {
        long approved = entry.resource().status() == Status.APPROVED ? 1 : 0;
        return entry.resource()
                .origin()
                .match(
                        local -> new OriginCount(null, null, null, approved, 1),
                        from -> new OriginCount(from.peer(), from.sourceName(), from.sourceHost(), approved, 1));
    }

    private static OriginCount plus(OriginCount one, OriginCount other) {
        return new OriginCount(
                one.source(),
                one.sourceName(),
                one.sourceHost(),
                one.approved() + other.approved(),
                one.total() + other.total());
    }
}

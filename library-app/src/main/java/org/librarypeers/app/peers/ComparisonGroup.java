package org.librarypeers.app.peers;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.librarypeers.app.web.Visit;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.Comparison;

/**
 * The differences of one kind, as a page shows them.
 *
 * @param kind the kind
 * @param count the number of all of them
 * @param shown the first of them
 */
public record ComparisonGroup(Comparison.Kind kind, long count, List<Comparison.Difference> shown) {

    /** Copies the differences. */
    public ComparisonGroup {
        shown = List.copyOf(shown);
    }

    /** Returns the groups of a comparison, in the order of their kinds, each with at most this number of differences. */
    static List<ComparisonGroup> of(Comparison comparison, int most) {
        return Stream.of(Comparison.Kind.values())
                .map(kind -> new ComparisonGroup(
                        kind,
                        comparison.count(kind),
                        comparison.differences().stream()
                                .filter(each -> each.kind() == kind)
                                .limit(most)
                                .toList()))
                .toList();
    }

    /** Returns the kind, as the keys of texts contain it. */
    public String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state of a resource in this library, as the keys of texts contain it. */
    public static String here(Comparison.Difference difference) {
        return difference.here().name().toLowerCase(Locale.ROOT);
    }

    /** Returns a version token of a peer for people: as a time if it is one, otherwise as it is. */
    public static String date(Visit visit, String version) {
        return OrbTime.read(version)
                .map(time -> visit.time(time.toInstant(ZoneOffset.UTC)))
                .orElse(version);
    }
}

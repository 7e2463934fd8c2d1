package org.librarypeers.app.bundles;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.SelectionRule;

/**
 * The content that a bundle is to have.
 *
 * @param after the feed position after which resources and deletions are written; 0 for all
 * @param since the time since which a resource must have changed; null for any
 * @param only the rule that takes the resources; deletions are not left out by it, because they have no text
 * @param withFiles whether files and pictures of this library are carried
 * @param partSize the size in bytes above which another part begins; 0 for a single file
 */
public record BundleOrder(long after, @Nullable Instant since, SelectionRule only, boolean withFiles, long partSize) {

    /** An order of everything in one file, without files of resources. */
    public static final BundleOrder EVERYTHING = new BundleOrder(0, null, SelectionRule.EVERYTHING, false, 0);

    /**
     * Returns an order of what changed after a feed position or since a time.
     *
     * @param text a feed position, a date, or a time
     * @throws IllegalArgumentException if the text is not valid
     */
    public BundleOrder since(String text) {
        String start = text.strip();
        return start.matches("\\d{1,18}")
                ? new BundleOrder(Long.parseLong(start), null, only, withFiles, partSize)
                : new BundleOrder(0, time(start), only, withFiles, partSize);
    }

    private static Instant time(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a feed position nor a time such as 2026-11-01 or"
                            + " 2026-11-01T12:00:00Z",
                    e);
        }
    }

    /** Returns an order of only the resources that a rule takes. */
    public BundleOrder only(SelectionRule rule) {
        return new BundleOrder(after, since, rule, withFiles, partSize);
    }

    /** Returns an order with or without the files and pictures that this library has. */
    public BundleOrder withFiles(boolean carried) {
        return new BundleOrder(after, since, only, carried, partSize);
    }

    /** Returns an order of parts of at most this size, in bytes. */
    public BundleOrder inParts(long bytes) {
        return new BundleOrder(after, since, only, withFiles, bytes);
    }

    /**
     * Parses the size of a part, such as {@code 700m} or {@code 4g}, in bytes.
     *
     * @throws IllegalArgumentException if the text is not a size
     */
    public static long size(String text) {
        String size = text.strip().toLowerCase(Locale.ROOT);
        if (!size.matches("\\d{1,9}[kmg]?")) {
            throw new IllegalArgumentException(
                    "size \"" + text + "\" is not a number of bytes, with k, m or g for larger units, such as 700m");
        }
        int unit = "kmg".indexOf(size.charAt(size.length() - 1)) + 1;
        long number = Long.parseLong(unit == 0 ? size : size.substring(0, size.length() - 1));
        return number << (10 * unit);
    }

    /** Returns why resources may be left out; null if none is. The manifest records it. */
    @Nullable
    String selection() {
        List<String> reasons = new ArrayList<>();
        if (since != null) {
            reasons.add("changed since " + since);
        }
        if (!only.takesEverything()) {
            reasons.add("only " + only);
        }
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }
}

package org.librarypeers.sync.storage;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter for the resources that wait for a reviewer. A resource must satisfy all conditions.
 *
 * @param source the source that a resource must come from; null for no condition
 * @param tag the number of a tag that a resource must have; null for no condition
 * @param language the language code in which a resource must have a title; null for no condition
 * @param text words separated by white space, each of which must occur in a title or description of the current or the waiting
 *     revision, in any language, also within a word; upper and lower case are the same. Empty for no condition
 */
public record InboxFilter(
        @Nullable Source source,
        @Nullable Long tag,
        @Nullable String language,
        String text) {

    /** The maximum number of words of {@code text} that count. */
    public static final int MAX_WORDS = 8;

    /** The filter without conditions. */
    public static final InboxFilter ALL = new InboxFilter(null, null, null);

    /** Creates a filter without a condition on the text. */
    public InboxFilter(@Nullable Source source, @Nullable Long tag, @Nullable String language) {
        this(source, tag, language, "");
    }

    /** Returns the words of {@code text}, at most {@value #MAX_WORDS}. */
    public List<String> words() {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.strip().split("\\s+")).limit(MAX_WORDS).toList();
    }

    /** The decision that a resource waits for. A resource may wait for more than one. */
    public enum Kind {
        /** The resource is pending: it waits for its first decision or was submitted again. */
        PENDING,
        /**
         * A peer changed the resource after it was approved or rejected, see
         * {@link org.librarypeers.domain.Resource#isChangedUpstream}.
         */
        CHANGED_UPSTREAM,
        /**
         * The source has withdrawn the resource and no reviewer has decided on that, see
         * {@link HarvestRepository#withdrawals(org.librarypeers.domain.Guid, int)}.
         */
        WITHDRAWN
    }
}

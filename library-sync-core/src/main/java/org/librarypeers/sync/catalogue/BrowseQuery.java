package org.librarypeers.sync.catalogue;

import org.librarypeers.sync.storage.Source;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;

/**
 * Which entries somebody wants to see of the catalogue. An entry is found if it passes all of this.
 *
 * @param viewer only those that this one sees
 * @param statuses only of these
 * @param words only those that {@linkplain Catalogue#search hold all of these}; blank for all. A text that is not blank and
 *     yet holds no word finds nothing.
 * @param tags only those that have all the tags of these numbers; empty for all
 * @param language only those that have a title in exactly that language; null for all
 * @param source only those that come from there; null for all
 */
public record BrowseQuery(
        Viewer viewer,
        Set<Status> statuses,
        String words,
        Set<Long> tags,
        @Nullable String language,
        @Nullable Source source) {

    /** All that is approved. */
    public static final BrowseQuery APPROVED =
            new BrowseQuery(Viewer.PUBLIC, Set.of(Status.APPROVED), "", Set.of(), null, null);

    /** In what order entries come. */
    public enum Order {
        /** As {@link Catalogue#search} has them; without words the newest first. */
        BEST_FIRST,
        /** By update date, backwards; ties by number. */
        NEWEST_FIRST
    }

    /** Keeps copies. */
    public BrowseQuery {
        statuses = Set.copyOf(statuses);
        tags = Set.copyOf(tags);
    }

    /** All that this one sees, of every status. */
    public static BrowseQuery allFor(Viewer viewer) {
        return new BrowseQuery(viewer, Set.of(Status.values()), "", Set.of(), null, null);
    }

    /** This, of that status only. */
    public BrowseQuery of(Status only) {
        return new BrowseQuery(viewer, Set.of(only), words, tags, language, source);
    }

    /** This, with these words. */
    public BrowseQuery holding(String text) {
        return new BrowseQuery(viewer, statuses, text, tags, language, source);
    }

    /** This, with the tags of these numbers. */
    public BrowseQuery tagged(Set<Long> all) {
        return new BrowseQuery(viewer, statuses, words, all, language, source);
    }

    /** This, in that language; null for all. */
    public BrowseQuery in(@Nullable String code) {
        return new BrowseQuery(viewer, statuses, words, tags, code, source);
    }

    /** This, from there; null for all. */
    public BrowseQuery from(@Nullable Source place) {
        return new BrowseQuery(viewer, statuses, words, tags, language, place);
    }
}

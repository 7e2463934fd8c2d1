package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;
import org.librarypeers.sync.storage.Slice;

/** The resources as they are served in pages, with the numbers that existing sites use in requests. */
public interface Catalogue {

    /** The maximum number of different words in a query. */
    int MAX_WORDS = 20;

    /** The maximum number of entries that a query with words or a condition on the material finds. */
    int MAX_FOUND = 1_000;

    /** The maximum number of different words in a query for any of them. */
    int MAX_ANY_WORDS = 8;

    /** The minimum number of letters of a word that is corrected. */
    int MIN_CORRECTED = 4;

    /** Returns the entry with this number, regardless of its status. */
    Optional<CatalogueEntry> find(long id);

    /** Returns the entry with this GUID, regardless of its status. */
    Optional<CatalogueEntry> find(Guid guid);

    /** Returns the entries with these GUIDs, in the given order. Unknown GUIDs are left out. */
    List<CatalogueEntry> find(List<Guid> guids);

    /** Returns the entry with this slug, regardless of its status. */
    Optional<CatalogueEntry> find(Slug slug);

    /**
     * Returns the approved entries after a feed position, ordered by position.
     *
     * <p>Each change of an entry assigns it a new position that is higher than every position that was readable until
     * then. So an entry never appears at or below a position that a reader has passed, however late its transaction was
     * committed. The cost of a page does not depend on its position.
     *
     * @param after 0 for the first page, then the position of the last entry of the previous page
     * @param limit the maximum number of entries, from 1
     */
    List<CatalogueEntry> changes(long after, int limit);

    /**
     * Returns a page of the change feed: the next approved entries and deletions after a feed position, in one order.
     *
     * <p>Like a change, a deletion gets a position that is higher than every position that was readable until then. If a resource is
     * served again, its deletion disappears and the resource has a higher position. So the pages from a position to the last one tell
     * everything that changed since then. The cost of a page does not depend on its position.
     *
     * @param after 0 for the first page, then the {@linkplain FeedPage#position position} of the previous page
     * @param limit the maximum number of entries and deletions together, from 1
     */
    FeedPage feed(long after, int limit);

    /**
     * Returns deletions by the time at which the resources were no longer served, the earliest first. Deletions of the same time are
     * ordered by GUID. A clock that is set back may add deletions before those that were read.
     *
     * @param from the earliest time, inclusive
     * @param after the last deletion of the previous page; null for the first page
     * @param limit the maximum number of deletions, from 1
     */
    List<Deletion> deletions(Instant from, @Nullable Deletion after, int limit);

    /** Returns the deletion of a resource. Empty if the resource is served, or never was. */
    Optional<Deletion> deletion(Guid guid);

    /**
     * Returns the served entries in a range of GUIDs: the approved ones, as all pages of the {@link #feed} have them.
     * The cost grows with the number of entries in the range, but no text of them is read.
     *
     * @param range the range
     * @param parts the number of parts into which the range is divided, from 2 to {@link RangeSummarizer#MOST_PARTS}
     * @param version returns the version token of an entry from its {@linkplain org.librarypeers.domain.Resource#updated update date},
     *     which changes with everything that is served of it
     * @return the summary; the remote ids of its rows are the numbers of the entries
     */
    RangeSummary summary(GuidRange range, int parts, Function<Instant, String> version);

    /**
     * Returns entries of every status, ordered by number. Concurrent changes do not cause an entry to be missed.
     *
     * @param after 0 for the first page, then the number of the last entry of the previous page
     * @param limit the maximum number of entries, from 1
     */
    List<CatalogueEntry> all(long after, int limit);

    /** Returns the resources that match a list request. */
    Slice<ListedResource> list(CatalogueQuery query);

    /**
     * Returns the approved entries that contain all {@link SearchWord words} of a query, the best match first.
     *
     * <p>An entry contains a word if one of its own words starts with it, in any of its languages. Letter case and
     * accents are ignored. A storage that knows the language of a text may also find other forms of a word. The words
     * of an entry are those of its title, the names and categories of its tags, its attribution, the titles of its
     * attachments, and its description without markup. A storage may index only the beginning of an extremely long
     * text.
     *
     * <p>Entries with all words in the title come first. They are followed by entries with all words in the title and
     * the tags, then by those with all words outside the description, then by the others. Within these groups, the
     * storage chooses the order; ties are ordered by number.
     *
     * <p>If more than {@value #MAX_FOUND} entries match, only that many are found: those with all words in the title, then
     * the others, and of each the ones with the highest numbers, which were added last. So the cost of a query does not grow
     * with the number of matches.
     *
     * <p>Every string is a valid query. A query without words finds nothing. If a query has more than
     * {@value #MAX_WORDS} different words, only the first ones are used.
     *
     * <p>A storage may add the words of saved resources to its index later. Until then, a search finds the resource by its
     * earlier words, or not at all. If only a few resources are affected, the search adds them first. Otherwise,
     * {@link #unindexed} tells how many there are, and {@link #index} adds them.
     *
     * @param query the words to search for
     * @param offset the number of entries to skip, from 0
     * @param limit the maximum number of entries, from 1
     */
    List<CatalogueEntry> search(String query, int offset, int limit);

    /**
     * Returns the entries that match a query. For a query with words, returns those that {@link #search} finds. Their
     * total is {@value #MAX_FOUND} if there are that many or more. The same counts for a query without words that has a
     * condition on the material. Its best order is the newest first.
     *
     * @param query the conditions
     * @param order the order of the entries
     * @param offset the number of entries to skip, from 0
     * @param limit the maximum number of entries, from 1
     */
    Slice<CatalogueEntry> browse(BrowseQuery query, BrowseQuery.Order order, int offset, int limit);

    /**
     * Returns the entries that match a query like {@link #browse}, ordered by their titles.
     *
     * <p>A storage that does not {@linkplain #ordersTitles order} the titles of the language sorts at most {@value #MAX_FOUND}
     * entries. If more match, they have the order {@link BrowseQuery.Order#NEWEST_FIRST} instead.
     *
     * @param query the conditions
     * @param order the order of the titles
     * @param offset the number of entries to skip, from 0
     * @param limit the maximum number of entries, from 1
     */
    Slice<CatalogueEntry> browseByTitle(BrowseQuery query, TitleOrder order, int offset, int limit);

    /**
     * Returns whether this storage orders any number of entries by their titles in a language. Otherwise it sorts at most
     * {@value #MAX_FOUND} entries.
     */
    default boolean ordersTitles(String language) {
        return true;
    }

    /**
     * Adds the words of saved resources to the index, in one transaction. Call it in the background until it returns 0,
     * which means that no resource is left, or that others are adding the rest. Safe to call from several processes.
     *
     * @param limit the maximum number of resources, from 1
     * @return the number of resources that were added
     */
    default int index(int limit) {
        return 0;
    }

    /**
     * Returns the number of resources that a search cannot find by their current words yet.
     *
     * @param max the number at which counting stops, from 1
     */
    default int unindexed(int max) {
        return 0;
    }

    /**
     * Returns the facets of the entries that match a query. For a query with words, at most {@value #MAX_FOUND} entries
     * are counted, see {@link Facets#complete}.
     */
    Facets facets(BrowseQuery query);

    /**
     * Returns a page of the entries that {@link #browse} returns, and the {@link #facets} of all matches. A storage may look for
     * the matches only once.
     *
     * @param query the conditions
     * @param order the order of the entries
     * @param offset the number of entries to skip, from 0
     * @param limit the maximum number of entries, from 1
     */
    default FacetedEntries browseWithFacets(BrowseQuery query, BrowseQuery.Order order, int offset, int limit) {
        return new FacetedEntries(browse(query, order, offset, limit), facets(query));
    }

    /**
     * Returns the types of material and the study times of the {@linkplain BrowseQuery#APPROVED approved} entries. Only the
     * {@value #MAX_FOUND} newest ones are counted.
     */
    default MaterialCounts materials() {
        return MaterialCounts.NONE;
    }

    /**
     * Returns the words with corrected spelling. Each word that no approved entry contains is replaced by the most
     * similar word that an approved entry contains, if there is one that differs in a letter or, for words of six or
     * more letters, in two: one that is missing, added, different or exchanged with its neighbour. If several words are
     * equally similar, the most frequent one is chosen. Words of less than {@value #MIN_CORRECTED} letters and words
     * with digits are not corrected.
     *
     * <p>No word is suggested that only unpublished entries contain.
     *
     * @return the words in lower case, separated by spaces; empty if nothing was corrected
     */
    default Optional<String> corrected(String words) {
        return Optional.empty();
    }

    /** Returns whether {@link #corrected} works. A storage may lack what it needs. */
    default boolean correctsWords() {
        return true;
    }

    /**
     * Returns words of approved entries that begin with a text, the most frequent ones first. Letter case and accents of the text
     * are ignored. The storage may count less often than entries change. A text of less than two letters has no completions.
     *
     * @param beginning the beginning of a word
     * @param limit the maximum number of words, from 1
     * @return the words in lower case with their accents
     */
    default List<String> completions(String beginning, int limit) {
        return List.of();
    }

    /**
     * Returns approved entries that contain all words in their titles, those with the highest numbers first.
     *
     * @param words the words, the last of which may be the beginning of a word; nothing is found without a word
     * @param limit the maximum number of entries, from 1
     */
    default List<ListedResource> titled(String words, int limit) {
        return List.of();
    }

    /**
     * Returns approved entries that are related to an entry, the most closely related first. An entry with the same tags is
     * related, the more closely the rarer the tags are. If there are too few of them, so are entries with the same words in the
     * title. The storage looks at a bounded number of candidates, preferring those that were added last.
     *
     * @param entry the entry, which is not related to itself
     * @param limit the maximum number of entries, from 1
     */
    default List<ListedResource> related(CatalogueEntry entry, int limit) {
        return List.of();
    }

    /**
     * Returns a function that tells which word of a search finds a word of a text: because the text has a longer word that begins
     * with it, or because the storage takes both for forms of the same word. The function returns the first such word of the
     * search, or an empty {@code Optional} if the search does not find the word of the text. It is not thread-safe.
     *
     * @param language the language of the text
     * @param wanted the words of the search
     */
    default Function<SearchWord, Optional<SearchWord>> finder(String language, List<SearchWord> wanted) {
        return word -> wanted.stream()
                .filter(each -> word.folded().startsWith(each.folded()))
                .findFirst();
    }

    /**
     * Counts some of the words that {@link #corrected} and {@link #completions} choose from, those whose counts are
     * oldest, and removes words that no entry contains. Call it in the background after {@link #index} has returned 0.
     *
     * @param limit the maximum number of words, from 1
     * @return the number of words that were counted; less than the limit if no other count is old
     */
    default int recountWords(int limit) {
        return 0;
    }

    /** Returns the {@link Facets#tags} of all {@linkplain BrowseQuery#APPROVED approved} entries. */
    List<Facets.TagCount> topics();

    /**
     * Returns the number of resources by origin. Local resources come first; the others are ordered by peer, then by
     * host and name of the library that created them.
     */
    List<OriginCount> origins();

    /**
     * Returns the resource that a user added with this title in this language. If there are several, returns the first.
     */
    Optional<CatalogueEntry> findCreated(UserName creator, String language, String title);

    /** Returns the attachment or tagging with this number, regardless of the status of its resource. */
    Optional<CataloguePart> findPart(CataloguePart.Kind kind, long id);

    /**
     * Returns the GUIDs among these that belong to attachments of more than one resource. A peer may send the same GUID
     * for several attachments.
     */
    Set<Guid> repeatedAttachments(Collection<Guid> attachments);

    /**
     * Returns the attachments or taggings of one kind of all resources that are visible to the viewer, ordered by number.
     *
     * @param kind the kind
     * @param viewer the viewer
     * @param offset the number of parts to skip, from 0
     * @param limit the maximum number of parts, from 1
     */
    Slice<CataloguePart> parts(CataloguePart.Kind kind, Viewer viewer, int offset, int limit);
}

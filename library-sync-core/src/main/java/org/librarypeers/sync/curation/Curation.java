package org.librarypeers.sync.curation;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.Slice;

/**
 * The vocabulary as its curators see it, and the changes that have not reached all resources yet. {@link CurationService} makes the
 * changes.
 */
public interface Curation {

    /**
     * Returns the categories with a tag that some resource has: the topics in their order, then the others by name.
     *
     * @param offset the number of categories to skip, from 0
     * @param limit the maximum number of categories, from 1
     */
    Slice<CuratedCategory> categories(int offset, int limit);

    /** Returns the category with this number. */
    Optional<CuratedCategory> category(long id);

    /** Returns the category with this name, independent of spelling. */
    Optional<CuratedCategory> category(String name);

    /**
     * Returns the tags of a category that some resource has: those with a place in their order, then the others. Tags with the same
     * place, and those without, are ordered by the code points of their names.
     *
     * @param offset the number of tags to skip, from 0
     * @param limit the maximum number of tags, from 1
     */
    Slice<CuratedTag> tags(long category, int offset, int limit);

    /** Returns the tag with this number. */
    Optional<CuratedTag> tag(long id);

    /**
     * Chooses the topics of the home page, by the numbers of their categories and in this order. An empty list restores the default, see
     * {@link org.librarypeers.sync.catalogue.TagRepository#topics}.
     */
    void chooseTopics(List<Long> categories);

    /**
     * Changes the texts of a category. Its tags and their resources then have the new texts.
     *
     * @param name the name in the library's first language; no other category may have it
     */
    void changeCategory(long id, String name, LocalizedText names, LocalizedText description, boolean hidden);

    /**
     * Changes the texts of a tag. Its resources then have the new texts. The GUID, the slug and the image stay.
     *
     * @param name the name in the library's first language; no other tag of its category may have it
     * @param place the place in the lists of tags of its category, from 1; null for none
     */
    void changeTag(
            long id,
            String name,
            LocalizedText names,
            LocalizedText description,
            LocalizedText summary,
            boolean hidden,
            @Nullable Integer place);

    /** Returns the numbers of the tags with these names, in all categories with this name. All tags of the category if the name is null. */
    List<Long> named(String category, @Nullable String name);

    /**
     * Returns the number of resources, in every status, that have one of these tags.
     *
     * @param peer the peer whose resources are counted; null for all resources
     */
    long resources(Collection<Long> tags, @Nullable PeerId peer);

    /**
     * The number of a peer's resources that have a tag.
     *
     * @param tag the tag
     * @param count the number, from 1
     */
    record PeerTag(CuratedTag tag, long count) {}

    /**
     * Returns the tags of the newest resources that follow a peer, the most frequent first.
     *
     * @param resources the maximum number of resources to look at, from 1
     * @param limit the maximum number of tags, from 1
     */
    List<PeerTag> tagsOf(PeerId peer, int resources, int limit);

    /** Saves a change that has not reached all resources yet. */
    void begin(Retagging retagging);

    /** Returns the changes that have not reached all resources yet, the oldest first. */
    List<Retagging> unfinished();

    /**
     * Claims a change that can go on, until the end of the transaction. A change cannot go on while another transaction has claimed it.
     * After a pass over all resources, it also waits for the runs that were under way when the change was first claimed, because they do not
     * know it. Then the pass is repeated.
     */
    Optional<Retagging> claim();

    /**
     * Returns the next resources of a claimed change: those with its tags, and those whose waiting revision may have them. Moves the
     * change behind them. If there are no more, ends the pass; if no run was under way that did not know the change, ends the change.
     *
     * @param limit the maximum number of resources, from 1
     */
    List<Guid> next(Retagging claimed, int limit);

    /**
     * Records that resources were changed. Their words are written to the search index again.
     *
     * @param resources the changed resources
     */
    void changed(Retagging claimed, Collection<Guid> resources);
}

package org.librarypeers.sync.storage;

/**
 * The numbers of offers of a peer that a selection rule or a refusal leaves out.
 *
 * @param leftOut all that are left out, including those no longer followed
 * @param notFollowed those that are in this library and have the peer as their source, so that they are no longer followed
 */
public record SelectionCounts(long leftOut, long notFollowed) {

    /** The counts of a peer of which everything is taken. */
    public static final SelectionCounts NONE = new SelectionCounts(0, 0);
}

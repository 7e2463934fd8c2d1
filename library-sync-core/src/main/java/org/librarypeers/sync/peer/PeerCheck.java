package org.librarypeers.sync.peer;

/**
 * What a peer has to offer, as far as one or two questions show it.
 *
 * @param approved how many approved resources it says it has, or -1 if it does not say
 * @param pages how many pages of its list a first sync reads, or -1 if that is not known
 * @param fullFeed whether the pages bring everything, as those of our own libraries do; else each resource is one more
 *     request
 */
public record PeerCheck(int approved, int pages, boolean fullFeed) {}

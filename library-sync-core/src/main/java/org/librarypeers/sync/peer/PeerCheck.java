package org.librarypeers.sync.peer;

/**
 * The result of a connection check: what a peer offers, as far as one or two requests show.
 *
 * @param approved the number of approved resources that the peer reports; -1 if it does not report it
 * @param pages the number of list pages that a first sync reads; -1 if unknown
 * @param fullFeed whether the pages contain the bodies, as those of this software do; otherwise each resource needs one
 *     more request
 */
public record PeerCheck(int approved, int pages, boolean fullFeed) {}

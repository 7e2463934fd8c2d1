package org.librarypeers.sync.port;

/**
 * What was taken from a peer, whatever came of it.
 *
 * @param remoteId by which the peer fetches it
 * @param version the version
 * @param circular whether the peer has it from this library, so that it cannot take over from a source that is lost
 */
public record Taken(String remoteId, String version, boolean circular) {}

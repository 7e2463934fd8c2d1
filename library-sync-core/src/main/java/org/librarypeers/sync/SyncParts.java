package org.librarypeers.sync;

import java.time.Clock;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.storage.SyncStorage;

/** The parts that the runs of a service share. */
record SyncParts(PeerClient client, SyncStorage storage, Clock clock, SyncSettings settings) {}

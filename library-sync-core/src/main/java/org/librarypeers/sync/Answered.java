package org.librarypeers.sync;

import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/**
 * An item with the peer's answer to the request for its body.
 *
 * @param item the item
 * @param answer the answer
 */
record Answered(ChangePage.Item item, Fetched answer) {}

package org.librarypeers.sync.notifications;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.sync.storage.InboxFilter;

/**
 * The number of resources that have begun to wait for a decision of one kind.
 *
 * @param peer the peer that the resources follow; null for resources that were created in this library
 * @param kind the decision that they wait for
 * @param number their number, from 1
 */
public record Arrivals(@Nullable PeerId peer, InboxFilter.Kind kind, long number) {}

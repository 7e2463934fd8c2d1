package org.librarypeers.sync.storage;

import java.time.Instant;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;

/**
 * That the source of a resource offers it no longer.
 *
 * @param resource the resource, still here as it was
 * @param source the peer
 * @param since when that was found out, in this library's time
 */
public record Withdrawal(Guid resource, PeerId source, Instant since) {}

package org.librarypeers.sync.storage;

import java.time.Instant;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;

/**
 * The withdrawal of a resource by its source.
 *
 * @param resource the resource, which stays in this library
 * @param source the source
 * @param since when the withdrawal was found, by this library's clock
 */
public record Withdrawal(Guid resource, PeerId source, Instant since) {}

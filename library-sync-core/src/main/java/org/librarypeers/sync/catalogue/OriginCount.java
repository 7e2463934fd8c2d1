package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;

/**
 * How many resources there are of one origin: taken over from one peer, and made by one library.
 *
 * @param source the peer whose updates they follow, a removed one included; null for what was made here
 * @param sourceName name of the library that made them; null for what was made here
 * @param sourceHost scheme and host of the library that made them; null for what was made here
 * @param approved how many of them are approved
 * @param total how many there are, whatever their status, from 1
 */
public record OriginCount(
        @Nullable PeerId source,
        @Nullable String sourceName,
        @Nullable String sourceHost,
        long approved,
        long total) {}

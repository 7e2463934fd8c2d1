package org.librarypeers.sync.catalogue;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;

/**
 * The number of resources of one origin: received from the same peer and created by the same library.
 *
 * @param source the peer whose updates they follow, possibly a removed one; null for local resources
 * @param sourceName the name of the library that created them; null for local resources
 * @param sourceHost the scheme and host of the library that created them; null for local resources
 * @param approved the number of approved resources
 * @param total the number of resources in any status, from 1
 */
public record OriginCount(
        @Nullable PeerId source,
        @Nullable String sourceName,
        @Nullable String sourceHost,
        long approved,
        long total) {}

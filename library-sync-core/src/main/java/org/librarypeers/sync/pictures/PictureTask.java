package org.librarypeers.sync.pictures;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerHost;

/**
 * A picture that is to be fetched.
 *
 * @param id the id of the picture
 * @param address the address: complete, or the path of a file of this library
 * @param host the host, as {@link PictureAddress#host} returns it
 * @param attempts the number of attempts that have failed since the last success, from 0
 * @param copies the copies of the last success; null if there was none
 * @param etag the {@code ETag} of the last success; null if the host sent none
 * @param lastModified the {@code Last-Modified} of the last success; null if the host sent none
 * @param peers the hosts of the peers whose resources name the picture; only these may be in a private network
 */
public record PictureTask(
        long id,
        String address,
        String host,
        int attempts,
        @Nullable PictureCopies copies,
        @Nullable String etag,
        @Nullable String lastModified,
        Set<PeerHost> peers) {

    /** Copies the set. */
    public PictureTask {
        peers = Set.copyOf(peers);
    }
}

package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.librarypeers.domain.PeerHost;

/**
 * What is known of the hosts of images. An image is served to existing sites only if its host answers, so this decides what is
 * served of a resource.
 */
public interface ImageHostRepository {

    /**
     * Whether a host answers.
     *
     * @param host scheme, host and port
     * @param answers whether its images are served
     * @param checked when that was last looked at, in this library's time
     */
    record ImageHost(PeerHost host, boolean answers, Instant checked) {}

    /** Returns what was last saved of that host; empty if nothing was. */
    Optional<ImageHost> find(PeerHost host);

    /**
     * Saves what is known of a host. If it was saved before that the host answers, and now that it does not, or the other way
     * round, what is served of resources changes: the update date of each resource with an image at that host, its own or that of
     * one of its tags, becomes the time of the check, or a later one. Its revision and its position in the feed stay.
     */
    void save(ImageHost host);
}

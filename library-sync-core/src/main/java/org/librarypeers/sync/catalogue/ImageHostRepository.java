package org.librarypeers.sync.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.librarypeers.domain.PeerHost;

/**
 * The availability of the hosts of images. An image is served to existing sites only if its host answers, so the
 * availability affects how a resource is served.
 */
public interface ImageHostRepository {

    /**
     * The availability of a host.
     *
     * @param host scheme, host and port
     * @param answers whether the host answers, so that its images are served
     * @param checked when this was last checked, by this library's clock
     */
    record ImageHost(PeerHost host, boolean answers, Instant checked) {}

    /** Returns the state of a host that was last saved. */
    Optional<ImageHost> find(PeerHost host);

    /**
     * Saves the availability of a host. If it changed, resources are served differently. Therefore each resource that
     * has an image at this host, directly or through one of its tags, gets the time of the check or a later time as its
     * update date. Its revision and its feed position stay the same.
     */
    void save(ImageHost host);
}

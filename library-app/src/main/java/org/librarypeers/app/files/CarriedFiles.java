package org.librarypeers.app.files;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.files.FileStore;

/**
 * The files of other libraries that a bundle brought here. An address contains the digest of its file, so the file here is the same one,
 * and readers get it whether its own library can be reached or not.
 */
public record CarriedFiles(FileStore files) {

    /**
     * Returns the path at which this library serves a file of a resource that follows a peer. Empty if it does not have the file, or if no
     * bundle of that peer can have brought it.
     *
     * @param source the peer; null if the resource was made here
     * @param address the address of the file
     */
    public Optional<String> path(@Nullable Peer source, String address) {
        return source == null || source.access().trustedKey().isEmpty() ? Optional.empty() : path(address);
    }

    /**
     * Returns the path at which this library serves the file that an address of another library names by its digest. Empty if it does not
     * have the file.
     */
    public Optional<String> path(String address) {
        return address.startsWith("/")
                ? Optional.empty()
                : MediaAddress.pathHere(address)
                        .filter(path -> MediaAddress.sha256(address)
                                .flatMap(files::find)
                                .isPresent());
    }
}

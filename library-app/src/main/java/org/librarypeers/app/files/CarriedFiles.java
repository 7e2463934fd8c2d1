package org.librarypeers.app.files;

import java.util.Optional;
import org.librarypeers.sync.files.FileStore;

/**
 * The files of other libraries that a bundle brought here. An address contains the digest of its file, so the file here is the same one,
 * and readers get it whether its own library can be reached or not.
 */
public record CarriedFiles(FileStore files) {

    /** Returns the path at which this library serves the file at an address of another library. Empty if it does not have it. */
    public Optional<String> path(String address) {
        return address.startsWith("/")
                ? Optional.empty()
                : MediaAddress.pathHere(address)
                        .filter(path -> MediaAddress.sha256(address)
                                .flatMap(files::find)
                                .isPresent());
    }
}

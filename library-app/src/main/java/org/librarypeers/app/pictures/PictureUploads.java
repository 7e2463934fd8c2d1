package org.librarypeers.app.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.librarypeers.sync.pictures.PictureCopy;

/** Checks and scales uploaded pictures that belong to no resource, and stores the copies. Thread-safe. */
public final class PictureUploads {

    private final PictureFiles files;
    private final PictureScaler scaler = new PictureScaler();

    /** Creates the uploads into these files. */
    public PictureUploads(PictureFiles files) {
        this.files = files;
    }

    /**
     * Stores a copy of a picture, of which no side is longer than 320 pixels.
     *
     * @param purpose what the picture is for; a copy for one purpose is never the copy for another one
     * @param bytes the picture; the caller closes it
     * @return the copy; empty if it is not a JPEG, PNG or GIF, is damaged, or has too many pixels
     * @throws IOException if the picture cannot be read or stored
     */
    public Optional<PictureCopy> store(String purpose, InputStream bytes) throws IOException {
        Path file = Files.createTempFile("library-picture-", ".tmp");
        try {
            Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
            return Optional.of(files.put(purpose, scaler.scale(file).small()));
        } catch (PictureException e) {
            return Optional.empty();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Returns whether a copy is stored.
     *
     * @throws IOException if the store cannot be reached
     */
    public boolean isStored(PictureCopy copy) throws IOException {
        return files.find(copy.sha256()).isPresent();
    }
}

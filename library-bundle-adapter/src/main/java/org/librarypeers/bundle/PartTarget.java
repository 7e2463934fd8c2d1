package org.librarypeers.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The place to which a part is written. */
interface PartTarget {

    /** Opens the place for writing. */
    OutputStream open() throws IOException;

    /** Publishes what was written, after its stream was closed. */
    void complete() throws IOException;

    /** Removes what was not completed. */
    void discard() throws IOException;

    /** Returns a file, which has a temporary name until it is complete. */
    static PartTarget file(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        return new PartTarget() {
            @Override
            public OutputStream open() throws IOException {
                return new BufferedOutputStream(Files.newOutputStream(draft), 64 << 10);
            }

            @Override
            public void complete() throws IOException {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }

            @Override
            public void discard() throws IOException {
                Files.deleteIfExists(draft);
            }
        };
    }

    /** Returns a stream that belongs to the caller, so that it is not closed. What was written to it cannot be removed. */
    static PartTarget stream(OutputStream out) {
        return new PartTarget() {
            @Override
            public OutputStream open() {
                return new BufferedOutputStream(out, 64 << 10) {
                    @Override
                    public void close() throws IOException {
                        flush();
                    }
                };
            }

            @Override
            public void complete() {}

            @Override
            public void discard() {}
        };
    }
}

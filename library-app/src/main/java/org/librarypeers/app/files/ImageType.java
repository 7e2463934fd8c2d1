package org.librarypeers.app.files;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells images that browsers show safely by how they begin, whatever they are called. */
public final class ImageType {

    /** How many of the first bytes are looked at. */
    public static final int BYTES = 12;

    private ImageType() {}

    /**
     * The ending that belongs to such an image: {@code jpg}, {@code png}, {@code gif} or {@code webp}; nothing for anything
     * else.
     *
     * @param first the first {@link #BYTES} bytes, or fewer if there are no more
     */
    public static Optional<String> of(byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FF\u00D8\u00FF")) {
            return Optional.of("jpg");
        } else if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
            return Optional.of("png");
        } else if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of("gif");
        } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return Optional.of("webp");
        }
        return Optional.empty();
    }
}

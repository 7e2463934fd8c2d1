package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images that are taken in, told by how their content begins, whatever they are named. */
public enum ImageType {
    /** JPEG. */
    JPEG("\\xff\\xd8\\xff"),
    /** PNG. */
    PNG("\\x89PNG\\r\\n\\x1a\\n"),
    /** GIF, of either version. */
    GIF("GIF8[79]a"),
    /** WebP. */
    WEBP("RIFF.{4}WEBP");

    private static final int START_BYTES = 12;

    private final Pattern start;

    ImageType(String start) {
        this.start = Pattern.compile(start, Pattern.DOTALL);
    }

    /**
     * The type of the image that the stream holds; none if it begins like no image that is taken in. Reads at most 12 bytes,
     * and does not close the stream.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<ImageType> of(InputStream bytes) throws IOException {
        String start = new String(bytes.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(type -> type.start.matcher(start).lookingAt())
                .findFirst();
    }
}

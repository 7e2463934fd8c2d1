package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.librarypeers.domain.EnumWord;

/** The accepted types of images. The type is detected from the first bytes of the content; the file name is ignored. */
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

    /** Returns the extension of a file name for this type, without the dot. */
    public String extension() {
        return this == JPEG ? "jpg" : EnumWord.of(this);
    }

    /** Returns the media type, for the header {@code Content-Type}. */
    public String mediaType() {
        return "image/" + EnumWord.of(this);
    }

    /**
     * Returns the type of the image in the stream, or an empty {@code Optional} if it is not an accepted one. Reads at
     * most 12 bytes, and does not close the stream.
     *
     * @throws IOException if the stream cannot be read
     */
    public static Optional<ImageType> of(InputStream bytes) throws IOException {
        String start = new String(bytes.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(type -> type.start.matcher(start).lookingAt())
                .findFirst();
    }
}

package org.librarypeers.app.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** A check that the first bytes of a file match the type that its name implies. */
final class FileSignature {

    /** The number of bytes at the start of a file that are read. */
    static final int START_BYTES = 512;

    private static final String ISO_MEDIA = ".{4}ftyp";
    private static final String OGG = "OggS";

    /**
     * The patterns of the first bytes of files, by each type that a browser may show. A character stands for one byte.
     */
    private static final Map<String, Pattern> STARTS = Map.ofEntries(
            start("image/jpeg", "\\xff\\xd8\\xff"),
            start("image/png", "\\x89PNG\\r\\n\\x1a\\n"),
            start("image/gif", "GIF8[79]a"),
            start("image/webp", "RIFF.{4}WEBP"),
            start("application/pdf", "%PDF-"),
            start("video/mp4", ISO_MEDIA),
            start("video/3gpp", ISO_MEDIA),
            start("video/quicktime", ".{4}(ftyp|moov|mdat|free|skip|wide|pnot)"),
            start("video/webm", "\\x1a\\x45\\xdf\\xa3"),
            start("video/ogg", OGG),
            start("audio/mpeg", "ID3|\\xff[\\xe0-\\xff]"),
            start("audio/mp4", ISO_MEDIA),
            start("audio/ogg", OGG),
            start("audio/wav", "RIFF.{4}WAVE"),
            start("audio/aac", "ID3|ADIF|\\xff[\\xf0\\xf1\\xf8\\xf9]"),
            // Text has no signature, but it contains no zero bytes.
            start("text/plain; charset=utf-8", "[^\\x00]*$"));

    private FileSignature() {}

    private static Map.Entry<String, Pattern> start(String type, String pattern) {
        return Map.entry(type, Pattern.compile(pattern, Pattern.DOTALL));
    }

    /**
     * Returns whether the stream begins like a file of this type; false for a type without a known signature. Reads at
     * most 512 bytes, and does not close the stream.
     *
     * @throws IOException if the stream cannot be read
     */
    static boolean fits(MediaType type, InputStream bytes) throws IOException {
        Pattern pattern = STARTS.get(type.value());
        String start = new String(bytes.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
        return pattern != null && pattern.matcher(start).lookingAt();
    }
}

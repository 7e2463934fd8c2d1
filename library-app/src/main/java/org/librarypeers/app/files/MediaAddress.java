package org.librarypeers.app.files;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.librarypeers.sync.port.StoredFile;

/** The addresses under which uploaded files are served: their content's hash, then a name for people. */
public final class MediaAddress {

    // The whole path stays below 150 characters then: existing sites hold addresses of images up to 200.
    private static final int MAX_NAME = 48;
    private static final int MAX_ENDING = 10;

    /** What a file is for. */
    public enum Kind {
        /** A file of a resource. */
        RESOURCE("resource"),
        /** The image of a resource. */
        IMAGE("resourceimage");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word for it in addresses. */
        public String word() {
            return word;
        }
    }

    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}._-]+");

    private MediaAddress() {}

    /**
     * The path of a file in this library, from its host on.
     *
     * @param name what it is called where it comes from; what makes no safe name is left out
     */
    public static String of(Kind kind, StoredFile file, String name) {
        return "/media/" + kind.word() + "/" + file.sha256() + "/"
                + URLEncoder.encode(safe(name), StandardCharsets.UTF_8);
    }

    /** The last part of a path without what could be more than a name; cut before its ending where it is too long. */
    private static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String words = UNSAFE.matcher(Normalizer.normalize(last, Normalizer.Form.NFC))
                .replaceAll("-")
                .replaceAll("^[.-]+|[.-]+$", "");
        int dot = words.lastIndexOf('.');
        String ending = dot < 0 || words.length() - dot > MAX_ENDING ? "" : words.substring(dot);
        String stem = words.substring(0, words.length() - ending.length());
        int length = 0;
        int end = 0;
        while (end < stem.length()) {
            int next = end + Character.charCount(stem.codePointAt(end));
            length += URLEncoder.encode(stem.substring(end, next), StandardCharsets.UTF_8)
                    .length();
            if (length + ending.length() > MAX_NAME) {
                break;
            }
            end = next;
        }
        return (end == 0 ? "file" : stem.substring(0, end)) + ending;
    }
}

package org.librarypeers.bundle;

import java.util.Locale;
import java.util.regex.Pattern;

/** The paths in the archive. */
final class Names {

    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "manifest.sig";
    static final String FILE_INDEX = "files.jsonl";

    private static final Pattern KNOWN =
            Pattern.compile("manifest\\.json|manifest\\.sig|files\\.jsonl|resources/\\d{6}\\.jsonl|files/[0-9a-f]{64}");

    private Names() {}

    static String resources(int number) {
        return String.format(Locale.ROOT, "resources/%06d.jsonl", number);
    }

    static String file(String sha256) {
        return "files/" + sha256;
    }

    static boolean isFile(String name) {
        return name.startsWith("files/");
    }

    static boolean isKnown(String name) {
        return KNOWN.matcher(name).matches();
    }
}

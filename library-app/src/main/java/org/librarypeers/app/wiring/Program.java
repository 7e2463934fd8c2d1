package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The name and version of this program. */
public final class Program {

    private static final Instant FIRST_VERSION = Instant.parse("2026-01-01T00:00:00Z");
    private static final Properties BUILD = build();

    /** The version that the build set, for example {@code 1.2.0}. */
    public static final String VERSION = BUILD.getProperty("version");

    /** The name and version, for people. */
    public static final String NAME = "Library Peer Network " + VERSION;

    /** The name, the version, and the commit with its date. A build is reproducible, so it has no date of its own. */
    public static final String DESCRIPTION = NAME + " (" + commit(BUILD) + ")";

    /** The name and version for the header {@code User-Agent} in requests to other sites. */
    public static final String USER_AGENT = "library-peer-network/" + VERSION;

    private Program() {}

    /**
     * Returns the header {@code User-Agent} for requests to other sites.
     *
     * @param contact the contact address of the person who runs this library; null if it is not known
     */
    public static String userAgent(@Nullable String contact) {
        return contact == null ? USER_AGENT : USER_AGENT + " (+" + contact + ")";
    }

    /** Returns the facts that identify this build, by their names. */
    public static Map<String, String> facts() {
        return Map.of(
                "version",
                VERSION,
                "commit",
                BUILD.getProperty("commit"),
                "java",
                Runtime.version().toString());
    }

    static String commit(Properties build) {
        String commit = build.getProperty("commit");
        return commit.isEmpty() ? "built outside a Git clone" : "commit " + commit + " of " + build.getProperty("date");
    }

    /** Returns a time before which this program did not exist: that of its commit, or of the first version. */
    static Instant builtAfter() {
        try {
            return OffsetDateTime.parse(BUILD.getProperty("date")).toInstant();
        } catch (DateTimeParseException e) {
            // Built outside a Git clone.
            return FIRST_VERSION;
        }
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream in = Objects.requireNonNull(Program.class.getResourceAsStream("build.properties"))) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the version of this program cannot be read", e);
        }
        return build;
    }
}

package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name and version of this program. */
public final class Program {

    /** The version that the build set, for example {@code 1.2.0}. */
    public static final String VERSION = version();

    /** The name and version, for people. */
    public static final String NAME = "Library Peer Network " + VERSION;

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
    public static Map<String, String> build() {
        return Map.of("version", VERSION, "java", Runtime.version().toString());
    }

    private static String version() {
        try (InputStream in = Objects.requireNonNull(Program.class.getResourceAsStream("version"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the version of this program cannot be read", e);
        }
    }
}

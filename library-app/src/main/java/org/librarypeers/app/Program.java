package org.librarypeers.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this program calls itself. */
public final class Program {

    /** The version, as the build made it, for example {@code 1.2.0}. */
    public static final String VERSION = version();

    /** The name and version, for people. */
    public static final String NAME = "Library Peer Network " + VERSION;

    /** The name and version in requests to other sites, as the header User-Agent holds them. */
    public static final String USER_AGENT = "library-peer-network/" + VERSION;

    private Program() {}

    /**
     * Returns what this program calls itself in requests to other sites.
     *
     * @param contact where whoever runs this library is reached; null if that is not known
     */
    public static String userAgent(@Nullable String contact) {
        return contact == null ? USER_AGENT : USER_AGENT + " (+" + contact + ")";
    }

    private static String version() {
        try (InputStream in = Objects.requireNonNull(Program.class.getResourceAsStream("version"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the version of this program cannot be read", e);
        }
    }
}

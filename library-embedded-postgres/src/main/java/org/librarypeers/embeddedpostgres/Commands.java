package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A runner of external programs. It passes on only a few environment variables: others may hold secrets, and those of
 * PostgreSQL would change what the programs do.
 */
final class Commands {

    private static final Set<String> PASSED_ON =
            Set.of("PATH", "TMPDIR", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "TEMP", "TMP", "USERPROFILE");
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

    private Commands() {}

    /** Returns whether the command exists and succeeds within 10 seconds. */
    static boolean succeeds(List<String> command) {
        try {
            return exitCode(prepared(command), PROBE_LIMIT) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs a command until it ends, and returns its exit code. Its output is appended to the log. A server that it
     * leaves running continues to write there.
     */
    static int run(List<String> command, Path log, Duration limit) throws IOException {
        ProcessBuilder builder = prepared(command);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The user that the programs run as may have no access to our working directory.
        builder.directory(log.toAbsolutePath().getRoot().toFile());
        return exitCode(builder, limit);
    }

    private static ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !PASSED_ON.contains(name.toUpperCase(Locale.ROOT)));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static int exitCode(ProcessBuilder builder, Duration limit) throws IOException {
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("still running after " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

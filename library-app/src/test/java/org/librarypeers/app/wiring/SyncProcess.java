package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.librarypeers.app.Main;

/** A process that runs {@code sync_peer_resources} with little memory. */
final class SyncProcess implements AutoCloseable {

    private final Process process;
    private final Path printed;

    private SyncProcess(Process process, Path printed) {
        this.process = process;
        this.printed = printed;
    }

    /** Starts the command on the home directory and writes its output to a file there. */
    static SyncProcess start(Path home, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sync_peer_resources",
                "--home",
                home.toString()));
        command.addAll(List.of(arguments));
        Path printed = Files.createTempFile(home, "sync", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        return new SyncProcess(builder.start(), printed);
    }

    /** Returns the output so far. */
    String printed() throws IOException {
        return Files.readString(printed);
    }

    /** Waits for the process to end and returns its exit code. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends SIGTERM to the process. */
    void tellToEnd() {
        process.destroy();
    }

    /** Kills the process without cleanup and waits for it to end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

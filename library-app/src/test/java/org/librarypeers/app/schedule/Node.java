package org.librarypeers.app.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.Main;
import org.librarypeers.app.RunningLibrary;

/** A second JVM that serves a test's library. Its schedule waits a fortieth of the usual times. */
final class Node implements AutoCloseable {

    private final Path log;
    private final Process process;

    private Node(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    static Node serve(RunningLibrary library, Path log, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dlibrary.schedule.haste=40",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port=0",
                "--home=" + library.library().settings().home()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "LIBRARY_DB_URL", library.database().url(),
                        "LIBRARY_DB_USER", String.valueOf(library.database().user()),
                        "LIBRARY_DB_PASSWORD", String.valueOf(library.database().password())));
        return new Node(log, builder.start());
    }

    Process process() {
        return process;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean serves() {
        return log().contains("Serving at");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

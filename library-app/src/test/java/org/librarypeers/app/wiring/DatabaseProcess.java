package org.librarypeers.app.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The main process of the embedded PostgreSQL of a library, as its file {@code postmaster.pid} names it. */
record DatabaseProcess(long pid, int port) {

    /** Reads the process of the server in this directory, which runs or ran. */
    static DatabaseProcess in(Path postgres) {
        try {
            List<String> lines = Files.readAllLines(file(postgres));
            return new DatabaseProcess(
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(3).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a server runs in this directory. A server removes its file when it ends, unless it is killed. */
    static boolean isRunning(Path postgres) {
        try {
            List<String> lines = Files.readAllLines(file(postgres));
            return lines.size() > 3
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip())).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path file(Path postgres) {
        return postgres.resolve("data/postmaster.pid");
    }

    void signal(String signal) throws IOException, InterruptedException {
        signal(signal, List.of(pid));
    }

    /** Sends the signal to all processes by one command. */
    static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
        String words = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + ' ' + words)
                .start()
                .waitFor();
    }
}

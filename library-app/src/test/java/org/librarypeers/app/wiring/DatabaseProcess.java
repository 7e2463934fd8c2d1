package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The main process of the embedded PostgreSQL of a library, as its file {@code postmaster.pid} names it. */
record DatabaseProcess(long pid, int port) {

    /** Returns the process of the server that runs in this directory. */
    static DatabaseProcess in(Path postgres) {
        return running(postgres).orElseThrow(() -> new AssertionError("No server runs in " + postgres));
    }

    /**
     * Returns the process of the server in this directory, or an empty {@code Optional} if no server runs there. A server
     * removes its file when it ends, unless it is killed, and writes a new one when it starts, so the file is read only once.
     */
    static Optional<DatabaseProcess> running(Path postgres) {
        try {
            List<String> lines = Files.readAllLines(postgres.resolve("data/postmaster.pid"));
            if (lines.size() < 4) {
                return Optional.empty();
            }
            return Optional.of(new DatabaseProcess(
                            Long.parseLong(lines.get(0).strip()),
                            Integer.parseInt(lines.get(3).strip())))
                    .filter(server -> ProcessHandle.of(server.pid).isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
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

package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's main process, as described by postmaster.pid. The file may be stale, and its process id may now be that
 * of another program.
 */
record Postmaster(long pid, long startedEpochSecond, int port, String status, Path data) {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    private static final String PROGRAM = "postgres";
    private static final int START_LINE = 2;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final String STOPPING = "stopping";
    private static final long START_TOLERANCE_SECONDS = 60;

    /** Reads postmaster.pid. Returns an empty {@code Optional} if it is missing or unreadable. */
    static Optional<Postmaster> named(Path data) {
        try {
            List<String> lines = Files.readAllLines(file(data), StandardCharsets.ISO_8859_1);
            return Optional.of(new Postmaster(
                    Long.parseLong(lines.get(0).strip()),
                    Long.parseLong(lines.get(START_LINE).strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip()),
                    lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "",
                    data));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the server accepts no new connections, and ends as soon as the existing ones do. */
    boolean isStopping() {
        return status.equals(STOPPING);
    }

    /** Returns whether postmaster.pid exists. */
    static boolean isNamed(Path data) {
        return Files.exists(file(data));
    }

    /**
     * Deletes a stale postmaster.pid. PostgreSQL would mistake another program for a server on these data, and not
     * start. Also kills orphaned processes of the former server.
     */
    static void forget(Path data) throws IOException {
        log.info("Removing the leftover file {}", file(data));
        Files.deleteIfExists(file(data));
        killOrphans(data);
    }

    /**
     * Kills the child processes of a killed server. A child that is busy with a long query does not notice the loss of
     * the server, and keeps the data in use. Such processes can be found on Linux only; elsewhere they end eventually.
     */
    private static void killOrphans(Path data) {
        if (Platform.isLinux()) {
            ProcessHandle.allProcesses()
                    .filter(process -> isOrphan(process.pid(), data))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isOrphan(long pid, Path data) {
        try {
            return Files.readString(proc(pid, "cmdline"), StandardCharsets.ISO_8859_1)
                            .startsWith(PROGRAM + ": ")
                    && Files.isSameFile(proc(pid, "cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    private static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Returns whether this is a live server on the data, and not another program with the same process id. */
    boolean runs() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty() || isZombie()) {
            return false;
        }
        return Platform.isLinux() ? isOursOnLinux() : isOurs(process.get().info());
    }

    /**
     * Returns whether the process is dead but not reaped by its parent, as happens in containers. Java reports such a
     * process as alive.
     */
    private boolean isZombie() {
        try {
            String stat = Platform.isLinux() ? Files.readString(proc(pid, "stat")) : "";
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isOursOnLinux() {
        String[] words;
        try {
            words = Files.readString(
                            proc(pid, "cmdline"), Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")))
                    .split("\0");
        } catch (IOException e) {
            return false;
        }
        if (!isProgram(words[0])) {
            return false;
        }
        try {
            // Correct even if the directory was renamed meanwhile. Needs more rights than reading the arguments.
            return Files.isSameFile(proc(pid, "cwd"), data);
        } catch (IOException e) {
            return List.of(words).contains(data.toString());
        }
    }

    private boolean isOurs(ProcessHandle.Info info) {
        if (!info.command().map(Postmaster::isProgram).orElse(false)) {
            return false;
        }
        // Windows does not report the arguments.
        return info.arguments()
                .map(words -> List.of(words).contains(data.toString()))
                .or(() -> info.startInstant().map(this::isStart))
                .orElse(false);
    }

    private boolean isStart(Instant start) {
        return Math.abs(start.getEpochSecond() - startedEpochSecond) <= START_TOLERANCE_SECONDS;
    }

    private static boolean isProgram(String command) {
        Path name = Path.of(command).getFileName();
        return name != null && name.toString().replaceFirst("\\.exe$", "").equals(PROGRAM);
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    /**
     * Kills the server and its children, which would keep the data in use. As with a power failure, no committed data
     * are lost.
     */
    void kill() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && runs()) {
            List<ProcessHandle> children = process.get().children().toList();
            process.get().destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}

package org.librarypeers.app.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** The programs of Debian's packages. Root runs them as the user {@code postgres}, because they refuse to run as root. */
final class DebianPrograms {

    private static final String USER = "postgres";
    private static final int FIRST_PORT = 20_000;
    private static final int AFTER_LAST_PORT = 32_000;

    /** The environment variables that the programs get. Others could change what they do. */
    private static final Set<String> PASSED_ON = Set.of("PATH", "TMPDIR");

    private DebianPrograms() {}

    /** Returns the program, or fails with the name of the package that contains it. */
    static Path require(Path program, String debianPackage) {
        if (!Files.isExecutable(program)) {
            Assertions.fail(program + " is missing; install it with: apt-get install " + debianPackage);
        }
        return program;
    }

    /** Creates a temporary folder that belongs to the user of the programs. */
    static Path folder(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        own(folder);
        return folder;
    }

    /** Gives a file to the user of the programs. */
    static void own(Path file) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Prepares a command that appends its output to the log. The process has the id of the program itself. */
    static ProcessBuilder prepare(Path log, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        Stream.of(words).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Runs a command to its end, and fails with its output if it does not succeed. */
    static void run(Path log, Object... words) throws IOException {
        Process process = prepare(log, words).start();
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (code != 0) {
            Assertions.fail(List.of(words) + " ended with " + code + ":\n" + Files.readString(log));
        }
    }

    /** Returns a free port that the system does not give to outgoing connections. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, AFTER_LAST_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Another program uses it.
            }
        }
    }

    /** Sends a signal to processes by one command. */
    static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            // Some of the processes may just have ended, which is a failure of the command only.
            var unused = new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

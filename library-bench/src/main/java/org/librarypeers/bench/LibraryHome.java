package org.librarypeers.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The home of one library, and the commands of the app on it. Each command is a process, started by the launcher. */
final class LibraryHome {

    private static final Duration LONGEST_COMMAND = Duration.ofHours(3);
    private static final int DELETE_ATTEMPTS = 300;

    private final Path launcher;
    private final Path home;
    private final String javaOptions;
    private final List<String> prefix;

    /**
     * Creates a home. The first command creates the directory.
     *
     * @param javaOptions the options of the Java VM, such as {@code -Xmx256m}; empty for those of the launcher
     */
    LibraryHome(Path launcher, Path home, String javaOptions) {
        this(launcher, home, javaOptions, List.of());
    }

    private LibraryHome(Path launcher, Path home, String javaOptions, List<String> prefix) {
        this.launcher = launcher;
        this.home = home;
        this.javaOptions = javaOptions;
        this.prefix = prefix;
    }

    /** Returns the same home, whose commands are started by another command, which receives them as its last arguments. */
    LibraryHome with(List<String> starter) {
        return new LibraryHome(launcher, home, javaOptions, starter);
    }

    Path path() {
        return home;
    }

    /** Runs a command, and returns what it printed. */
    String run(String... arguments) {
        return run(Redirect.from(new File("/dev/null")), arguments);
    }

    /**
     * Runs a command with a file as its standard input, and returns what it printed.
     *
     * @throws IllegalStateException if it fails; the message contains the end of what it printed
     */
    String run(Redirect input, String... arguments) {
        try {
            Path errors = Files.createTempFile("bench", ".err");
            try {
                Process process = builder(arguments)
                        .redirectInput(input)
                        .redirectError(errors.toFile())
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(LONGEST_COMMAND.toMinutes(), TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            arguments[0] + " did not end within " + LONGEST_COMMAND.toHours() + " hours");
                }
                if (process.exitValue() != 0) {
                    String told = Files.readString(errors);
                    throw new IllegalStateException(arguments[0] + " failed with " + process.exitValue() + ": "
                            + told.substring(Math.max(0, told.length() - 2_000)));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + arguments[0], e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + arguments[0] + " ran", e);
        }
    }

    /** Returns a process builder for a command on this home. */
    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--home", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LIBRARY_JAVA_OPTS", javaOptions);
        // The quota of an account would end a scenario after a thousand requests.
        builder.environment().put("LIBRARY_API_REQUESTS_PER_HOUR", "0");
        return builder;
    }

    /** Starts {@code serve} on a free port, and waits until it serves. */
    ServedLibrary serve() {
        return ServedLibrary.start(builder("serve", "--port", "0", "--no-schedule"));
    }

    /** Creates an account, and returns its API key. */
    String account(String name) {
        try {
            Path password = Files.createTempFile("bench", ".txt");
            try {
                Files.writeString(password, "a password for benchmarks only");
                run(Redirect.from(password.toFile()), "create_user", name, "--role", "member", "--password-stdin");
            } finally {
                Files.delete(password);
            }
            return key(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a password file", e);
        }
    }

    /** Returns the API key of an account. */
    String key(String name) {
        return run("api_key", name).strip();
    }

    /** Adds a served library as a peer. */
    void addPeer(ServedLibrary peer, String user, String key) {
        addPeer(peer.address(), user, key);
    }

    /** Adds a library at an address as a peer. */
    void addPeer(URI address, String user, String key) {
        try {
            Path file = Files.createTempFile("bench", ".txt");
            try {
                Files.writeString(file, key);
                run(
                        Redirect.from(file.toFile()),
                        "add_peer",
                        address.toString(),
                        "--name",
                        "Source",
                        "--user",
                        user,
                        "--key-stdin");
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a key file", e);
        }
    }

    /**
     * Waits until the launcher has created the archive of classes for short commands, which it does after the first one. It would
     * otherwise work beside what is measured.
     *
     * @throws IllegalStateException if it is missing after a minute
     */
    void awaitClassArchive() {
        File cache = home.resolve("cache").toFile();
        for (int attempt = 1; ; attempt++) {
            String[] complete = cache.list((directory, name) -> name.endsWith(".jsa.size"));
            if (complete != null && complete.length > 0) {
                return;
            }
            if (attempt > DELETE_ATTEMPTS * 2) {
                throw new IllegalStateException("no archive of classes in " + cache);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Deletes the home. The launcher may still be writing its class archive there, so a failed deletion is retried. */
    void delete() {
        for (int attempt = 1; Files.exists(home); attempt++) {
            try (Stream<Path> paths = Files.walk(home)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw new IllegalStateException("cannot delete " + home, e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** Reads a stream to its end in the background, so that its writer never waits. */
    static void drain(InputStream stream) {
        Thread thread = new Thread(
                () -> {
                    try (stream) {
                        stream.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // The process has ended.
                    }
                },
                "drain");
        thread.setDaemon(true);
        thread.start();
    }
}

package org.librarypeers.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A library that is being served by a process of its own. Closing it ends the process. */
final class ServedLibrary implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("Serving at (http://\\S+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final URI address;

    private ServedLibrary(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a server, and waits until it serves.
     *
     * @throws IllegalStateException if it ends before that; the message contains the end of what it printed
     */
    static ServedLibrary start(ProcessBuilder serve) {
        try {
            Path errors = Files.createTempFile("bench", ".err");
            try {
                return start(serve, errors);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start serve", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while serve started", e);
        }
    }

    private static ServedLibrary start(ProcessBuilder serve, Path errors) throws IOException, InterruptedException {
        Process process = serve.redirectError(errors.toFile()).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher serving = SERVING.matcher(line);
            if (serving.find()) {
                LibraryHome.drain(process.getInputStream());
                return new ServedLibrary(process, URI.create(serving.group(1)));
            }
        }
        String told = Files.readString(errors);
        throw new IllegalStateException("serve ended with " + process.waitFor() + " before it served: "
                + told.substring(Math.max(0, told.length() - 2_000)));
    }

    URI address() {
        return address;
    }

    /** Returns the memory of the Java process that is in RAM, in MB, or 0 if the system does not report it. */
    double residentMegabytes() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

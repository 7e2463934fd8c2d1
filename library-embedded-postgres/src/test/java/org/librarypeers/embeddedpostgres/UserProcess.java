package org.librarypeers.embeddedpostgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM that uses the server and follows the test's commands. */
final class UserProcess implements AutoCloseable {

    private static final String OPENED = "opened ";

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private UserProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a process that opens the directory. {@link #jdbcUrl} waits until the server is open. */
    static UserProcess on(Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                UserProcess.class.getName(),
                home.toString()));
        return new UserProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    String jdbcUrl() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(OPENED)) {
                return line.substring(OPENED.length());
            }
        }
        throw new IOException("The process ended without opening");
    }

    /** Makes the process close the server and waits for the process to end. */
    void leave() throws InterruptedException {
        tell("close");
    }

    /** Makes the main method return with an open connection and waits for the process to end. */
    void endWithoutClosing() throws InterruptedException {
        tell("connect and end");
    }

    private void tell(String what) throws InterruptedException {
        input.println(what);
        process.waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.open(Path.of(arguments[0]));
        postgres.createDatabaseIfMissing("library");
        System.out.println(OPENED + postgres.jdbcUrl("library"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        switch (String.valueOf(input.readLine())) {
            case "close" -> postgres.close();
            case "connect and end" -> Homes.connect(postgres);
            default -> throw new IllegalArgumentException("Told something else");
        }
    }
}

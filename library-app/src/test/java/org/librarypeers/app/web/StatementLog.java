package org.librarypeers.app.web;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.librarypeers.app.RunningLibrary;

/** A log of the statements on a library's database, as written by its server while this is open. */
public final class StatementLog implements AutoCloseable {

    private static final Pattern STATEMENT =
            Pattern.compile(" db=(\\S+) LOG:\\s+(?:execute [^:]*|statement): (?!BEGIN|COMMIT|SET |SHOW )(.*)");
    private static final int MOST_ATTEMPTS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RunningLibrary running;
    private final Path log;
    private int mark;

    public StatementLog(RunningLibrary running) {
        this.running = running;
        this.log = running.home().resolve("postgres").resolve("log").resolve("postgres.log");
        running.execute("alter system set log_line_prefix = '%m [%p] db=%d '");
        running.execute("alter system set log_statement = 'all'");
        running.execute("select pg_reload_conf()");
        await("select pg_backend_pid(), 'statements are logged'");
    }

    /**
     * Returns the statements that the work causes, in order. Repeats the work until it causes the same statements twice in
     * succession, because the library's background work adds some of its own now and then.
     */
    public List<String> during(Runnable work) {
        List<String> before = once(work);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<String> again = once(work);
            if (again.equals(before)) {
                return again;
            }
            before = again;
        }
        throw new IllegalStateException("the work causes other statements each time, such as " + before);
    }

    private List<String> once(Runnable work) {
        long from = await("select 'begins " + ++mark + "'");
        work.run();
        await("select 'ends " + mark + "'");
        return text(from)
                .lines()
                .map(STATEMENT::matcher)
                .filter(matcher -> matcher.find()
                        && running.database().url().contains("/" + matcher.group(1))
                        && !matcher.group(2).startsWith("select 'ends"))
                .map(matcher -> matcher.group(2))
                .toList();
    }

    /** Repeats the statement until it appears in the log and returns the length of the log. */
    private long await(String statement) {
        long from = size();
        Instant deadline = Instant.now().plus(LONGEST);
        while (!text(from).contains(statement)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the server does not write down " + statement);
            }
            running.execute(statement);
        }
        return size();
    }

    private long size() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            return file.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(long from) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        running.execute("alter system reset log_statement");
        running.execute("alter system reset log_line_prefix");
        running.execute("select pg_reload_conf()");
    }
}

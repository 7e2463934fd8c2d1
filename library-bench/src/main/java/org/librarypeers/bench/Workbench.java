package org.librarypeers.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/**
 * The parts that the scenarios of a run share: a temporary folder, the synthetic library, a source library that is
 * filled once, and a PostgreSQL for the baselines. Closing it stops everything and deletes the folder. Not thread-safe.
 */
final class Workbench implements AutoCloseable {

    /** The account of the peers on the source library. */
    static final String READER = "reader";

    private final Path launcher;
    private final Path folder;
    private final SyntheticLibrary library;
    private final int rounds;
    private final Report report;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int homes;
    private @Nullable Source source;
    private @Nullable EmbeddedPostgres postgres;

    /** A library that holds all synthetic resources, approved, and is being served. */
    record Source(LibraryHome home, ServedLibrary served, String key, double secondsOfImport) {}

    Workbench(Path launcher, SyntheticLibrary library, int rounds, Report report) throws IOException {
        this.launcher = launcher;
        this.folder = Files.createTempDirectory("library-bench");
        this.library = library;
        this.rounds = rounds;
        this.report = report;
    }

    SyntheticLibrary library() {
        return library;
    }

    Report report() {
        return report;
    }

    /** Returns a home that does not exist yet. */
    LibraryHome newHome(String javaOptions) {
        return new LibraryHome(launcher, folder.resolve("home-" + ++homes), javaOptions);
    }

    /** Writes the synthetic library to a file in the format of {@code library import}. */
    Path content(int edition) throws IOException {
        Path file = folder.resolve("content-" + edition + ".jsonl");
        if (!Files.exists(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                library.write(out, edition);
            }
        }
        return file;
    }

    /** Returns the filled source library. Fills it at the first call. */
    Source source() throws IOException {
        if (source == null) {
            source = newSource("");
        }
        return source;
    }

    /** Fills and serves another source library. The workbench closes it. */
    Source newSource(String javaOptions) throws IOException {
        LibraryHome home = newHome(javaOptions);
        String key = home.account(READER);
        String file = content(0).toString();
        double seconds = seconds(() -> home.run("import", file, "--approve"));
        ServedLibrary served = home.serve();
        opened.add(served);
        return new Source(home, served, key, seconds);
    }

    /** Returns the PostgreSQL of the baselines, with the settings of the embedded one that the app uses. */
    EmbeddedPostgres postgres() {
        if (postgres == null) {
            EmbeddedPostgres started = EmbeddedPostgres.open(folder.resolve("postgres"));
            opened.add(started);
            postgres = started;
        }
        return postgres;
    }

    /**
     * Measures contenders in turns (A B A B), and reports each. A machine that slows down in the meantime thus affects
     * all of them.
     *
     * @param contenders by name, in order; each returns its value in the unit
     */
    void compare(String scenario, String unit, Map<String, DoubleSupplier> contenders) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, contender) ->
                    values.computeIfAbsent(name, any -> new ArrayList<>()).add(contender.getAsDouble()));
        }
        values.forEach((name, measured) -> report.add(new Figure(scenario, name, unit, measured)));
    }

    /** Returns the seconds that the work takes. */
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws IOException {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                throw new IOException("cannot close " + opened.get(i), e);
            }
        }
        new LibraryHome(launcher, folder, "").delete();
    }
}

package org.librarypeers.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    private final @Nullable Path kept;
    private final Path folder;
    private final SyntheticLibrary library;
    private final int rounds;
    private final Report report;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int homes;
    private @Nullable Source source;
    private @Nullable EmbeddedPostgres postgres;

    /**
     * A library that holds all synthetic resources, approved, and is being served.
     *
     * @param secondsOfImport how long the import took; 0 if an earlier run imported the resources
     */
    record Source(LibraryHome home, ServedLibrary served, String key, double secondsOfImport) {}

    /**
     * Creates a workbench.
     *
     * @param kept the directory of the homes that later runs use again; null if nothing is kept
     */
    Workbench(Path launcher, @Nullable Path kept, SyntheticLibrary library, int rounds, Report report)
            throws IOException {
        this.launcher = launcher;
        this.kept = kept == null ? null : Files.createDirectories(kept).toRealPath();
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

    /** Creates an empty folder, which is deleted in the end. */
    Path newFolder() throws IOException {
        return Files.createDirectory(folder.resolve("folder-" + ++homes));
    }

    /** Writes the synthetic library to a file in the format of {@code library import}. */
    Path content(int edition) {
        return content(library, edition);
    }

    /** Writes a synthetic library to a file in the same format. */
    Path content(SyntheticLibrary some, int edition) {
        Path file = folder.resolve("content-" + some.size() + "-" + edition + ".jsonl");
        if (!Files.exists(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                some.write(out, edition);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
        return file;
    }

    /**
     * Returns the home with this name that an earlier run has filled, or fills one. If nothing is kept, the workbench deletes it at
     * the end.
     *
     * @param name the name, which differs for each size of the library
     * @param fill fills a home that does not exist yet
     */
    LibraryHome filledHome(String name, Consumer<LibraryHome> fill) throws IOException {
        Path at = (kept == null ? folder : kept).resolve(name + "-" + library.size());
        LibraryHome home = new LibraryHome(launcher, at, "");
        Path filled = at.resolveSibling(at.getFileName() + ".filled");
        if (!Files.exists(filled)) {
            home.delete();
            fill.accept(home);
            Files.createFile(filled);
        }
        return home;
    }

    /** Returns the filled source library, which an earlier run may have kept. Serves it from the first call on. */
    Source source() throws IOException {
        if (source == null) {
            double[] seconds = {0};
            LibraryHome home = filledHome("source", empty -> {
                empty.account(READER);
                String file = content(0).toString();
                seconds[0] = seconds(() -> empty.run("import", file, "--approve"));
            });
            source = served(home, home.key(READER), seconds[0]);
        }
        return source;
    }

    /** Fills and serves another source library. The workbench closes it. */
    Source newSource(String javaOptions) throws IOException {
        LibraryHome home = newHome(javaOptions);
        String key = home.account(READER);
        String file = content(0).toString();
        double seconds = seconds(() -> home.run("import", file, "--approve"));
        return served(home, key, seconds);
    }

    private Source served(LibraryHome home, String key, double secondsOfImport) {
        ServedLibrary served = home.serve();
        opened.add(served);
        return new Source(home, served, key, secondsOfImport);
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

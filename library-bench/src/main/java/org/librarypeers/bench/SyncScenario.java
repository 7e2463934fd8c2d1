package org.librarypeers.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Syncs by the full feed: a first one, measured beside JDBC; one in which nothing is new; one that reads all resources
 * again; and one in which every resource is updated. Both libraries and their databases run on this machine.
 */
final class SyncScenario implements Scenario {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String description() {
        return "first sync, nothing new, all unchanged, all updated; beside JDBC batches and COPY";
    }

    /** The fields of a run that {@code sync_peer_resources --json} prints. */
    record Run(int added, int updated, int unchanged, int requests, double seconds) {
        static Run of(String line) {
            JsonNode run = JSON.readTree(line);
            if (!run.get("status").asString().equals("succeeded")) {
                throw new IllegalStateException("the sync did not succeed: " + line);
            }
            return new Run(
                    run.get("new_resources").asInt(),
                    run.get("updated_resources").asInt(),
                    run.get("unchanged_resources").asInt(),
                    run.get("requests").asInt(),
                    Duration.between(
                                            Instant.parse(run.get("started").asString()),
                                            Instant.parse(run.get("finished").asString()))
                                    .toNanos()
                            / 1e9);
        }
    }

    @Override
    public void run(Workbench bench) throws IOException {
        // It changes all resources in the end.
        Workbench.Source source = bench.newSource("");
        int size = bench.library().size();
        bench.report().add(new Figure("import", "library", "resources/s", List.of(size / source.secondsOfImport())));
        firstSync(bench, source, size);
        again(bench, source, size);
    }

    private static void firstSync(Workbench bench, Workbench.Source source, int size) throws IOException {
        JdbcRows jdbc = new JdbcRows(bench.postgres(), bench.library());
        Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
        contenders.put("library", () -> {
            LibraryHome home = puller(bench, source);
            try {
                return perSecond(sync(home), size, Run::added);
            } finally {
                home.delete();
            }
        });
        contenders.put("jdbc batches", jdbc::batches);
        contenders.put("jdbc copy", jdbc::copy);
        try (PouchDb pouch = PouchDb.start(bench, "first-sync")) {
            if (pouch != null) {
                contenders.put("PouchDB over HTTP", pouch::replicate);
            }
            bench.compare("first-sync", "resources/s", contenders);
        }
    }

    private void again(Workbench bench, Workbench.Source source, int size) throws IOException {
        LibraryHome home = puller(bench, source);
        sync(home);
        Run quiet = sync(home);
        bench.report().add(new Figure("nothing-new", "library", "ms", List.of(quiet.seconds() * 1_000)));
        bench.report().add(new Figure("nothing-new", "library", "requests", List.of((double) quiet.requests())));
        Run all = Run.of(home.run("sync_peer_resources", "--reconcile", "--full", "--json"));
        bench.report()
                .add(new Figure(
                        "all-unchanged",
                        "library, reads everything",
                        "resources/s",
                        List.of(perSecond(all, size, Run::unchanged))));
        Run equal = Run.of(home.run("sync_peer_resources", "--reconcile", "--json"));
        bench.report()
                .add(new Figure(
                        "all-unchanged", "library, by digests", "resources/s", List.of(size / equal.seconds())));
        bench.report().add(new Figure("all-unchanged", "library, by digests", "requests", List.of((double)
                equal.requests())));
        source.home().run("import", bench.content(1).toString(), "--approve");
        Run updated = sync(home);
        bench.report()
                .add(new Figure(
                        "all-updated", "library", "resources/s", List.of(perSecond(updated, size, Run::updated))));
        home.delete();
    }

    private static LibraryHome puller(Workbench bench, Workbench.Source source) {
        LibraryHome home = bench.newHome("");
        home.addPeer(source.served(), Workbench.READER, source.key());
        home.awaitClassArchive();
        return home;
    }

    /** Syncs all peers of a home. */
    static Run sync(LibraryHome home) {
        return Run.of(home.run("sync_peer_resources", "--json"));
    }

    private static double perSecond(Run run, int size, ToIntFunction<Run> count) {
        if (count.applyAsInt(run) != size) {
            throw new IllegalStateException("the sync did not do what is measured: " + run);
        }
        return size / run.seconds();
    }
}

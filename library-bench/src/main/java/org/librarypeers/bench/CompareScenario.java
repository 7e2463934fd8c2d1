package org.librarypeers.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The comparison of two libraries with ten differences, beside a reconciliation that reads the whole list. */
final class CompareScenario implements Scenario {

    private static final int DIFFERENCES = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String description() {
        return "requests, bytes and time to find ten differences by digests; beside reading the whole list";
    }

    @Override
    public void run(Workbench bench) throws IOException {
        Workbench.Source source = bench.source();
        LibraryHome home = bench.filledHome("reader", empty -> fill(empty, source));
        // The address of the peer stays the same if the reader is kept.
        URI address =
                URI.create(json(home.run("list_peers", "--json")).path("host").asString());
        try (CountingRelay relay = CountingRelay.start(source.served().address(), address.getPort())) {
            home.run("sync_peer_resources", "--json");
            home.awaitClassArchive();
            change(bench, source);
            relay.takeBytes();
            measure(bench, relay, home, "digests", DIFFERENCES, "compare", "1", "--json");
            measure(bench, relay, home, "whole list", 0, "sync_peer_resources", "--reconcile", "--full", "--json");
            measure(bench, relay, home, "digests, equal", 0, "sync_peer_resources", "--reconcile", "--json");
        }
    }

    private static void fill(LibraryHome home, Workbench.Source source) {
        try (CountingRelay relay = CountingRelay.start(source.served().address(), 0)) {
            home.addPeer(relay.address(), Workbench.READER, source.key());
            home.run("sync_peer_resources", "--json");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the relay", e);
        }
    }

    /** Changes ten resources of the source, which lie far apart. */
    private static void change(Workbench bench, Workbench.Source source) throws IOException {
        // Each run makes another edition, because the source may be kept.
        int edition = (int) (System.currentTimeMillis() / 1_000 % 1_000_000) + 1;
        SyntheticLibrary library = bench.library();
        int step = library.size() / DIFFERENCES;
        Path some = Files.createTempFile("bench", ".jsonl");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(some))) {
                for (int i = 0; i < DIFFERENCES; i++) {
                    library.write(out, i * step, edition);
                }
            }
            source.home().run("import", some.toString(), "--approve");
        } finally {
            Files.delete(some);
        }
    }

    /** Returns the first line of what a command printed. */
    private static JsonNode json(String output) {
        return JSON.readTree(output.lines().findFirst().orElseThrow());
    }

    private static void measure(
            Workbench bench,
            CountingRelay relay,
            LibraryHome home,
            String contender,
            int different,
            String... command) {
        long start = System.nanoTime();
        JsonNode first = json(home.run(command));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (first.path("different").asInt(0) != different) {
            throw new IllegalStateException("the comparison did not find what differs: " + first);
        }
        bench.report().add(new Figure("compare", contender, "requests", List.of((double)
                first.get("requests").asInt())));
        bench.report().add(new Figure("compare", contender, "KB", List.of(relay.takeBytes() / 1_000.0)));
        bench.report().add(new Figure("compare", contender, "s", List.of(seconds)));
    }
}

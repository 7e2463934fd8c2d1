package org.librarypeers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        Workbench.Source source = bench.newSource("");
        LibraryHome home = bench.newHome("");
        try (CountingRelay relay = CountingRelay.start(source.served().address())) {
            home.addPeer(relay.address(), Workbench.READER, source.key());
            home.run("sync_peer_resources", "--json");
            home.awaitClassArchive();
            change(bench, source);
            relay.takeBytes();
            measure(bench, relay, home, "digests", DIFFERENCES, "compare", "1", "--json");
            measure(bench, relay, home, "whole list", 0, "sync_peer_resources", "--reconcile", "--full", "--json");
            measure(bench, relay, home, "digests, equal", 0, "sync_peer_resources", "--reconcile", "--json");
        } finally {
            home.delete();
        }
    }

    /** Changes ten resources of the source, which lie far apart. */
    private static void change(Workbench bench, Workbench.Source source) throws IOException {
        Path some = Files.createTempFile("bench", ".jsonl");
        try (Stream<String> lines = Files.lines(bench.content(1))) {
            List<String> all = lines.toList();
            int step = all.size() / DIFFERENCES;
            Files.write(
                    some,
                    Stream.iterate(0, i -> i + step)
                            .limit(DIFFERENCES)
                            .map(all::get)
                            .toList());
            source.home().run("import", some.toString(), "--approve");
        } finally {
            Files.delete(some);
        }
    }

    private static void measure(
            Workbench bench,
            CountingRelay relay,
            LibraryHome home,
            String contender,
            int different,
            String... command) {
        long start = System.nanoTime();
        JsonNode first = JSON.readTree(home.run(command).lines().findFirst().orElseThrow());
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

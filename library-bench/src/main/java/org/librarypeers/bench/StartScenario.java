package org.librarypeers.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.librarypeers.embeddedpostgres.EmbeddedPostgres;

/** The time until a served library answers, the time of small commands, and the idle memory of {@code serve}. */
final class StartScenario implements Scenario {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "seconds of serve, list_peers and demo; idle memory of serve; beside PostgreSQL alone";
    }

    @Override
    public void run(Workbench bench) throws IOException {
        LibraryHome home = bench.newHome("");
        home.account(Workbench.READER);
        home.awaitClassArchive();
        Path alone = bench.newHome("").path();
        EmbeddedPostgres.open(alone).close();
        Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
        contenders.put("serve to the first page", () -> {
            long start = System.nanoTime();
            try (ServedLibrary served = home.serve()) {
                return awaitPage(served.address(), start);
            }
        });
        contenders.put("list_peers alone", () -> Workbench.seconds(() -> home.run("list_peers")));
        contenders.put("PostgreSQL alone", () -> {
            long start = System.nanoTime();
            try (EmbeddedPostgres started = EmbeddedPostgres.open(alone)) {
                return started.user().isEmpty() ? 0 : (System.nanoTime() - start) / 1e9;
            }
        });
        bench.compare("start", "s", contenders);
        try (ServedLibrary served = home.serve()) {
            awaitPage(served.address(), System.nanoTime());
            bench.compare(
                    "start",
                    "s",
                    Map.of("list_peers beside serve", () -> Workbench.seconds(() -> home.run("list_peers"))));
            bench.report().add(new Figure("start", "idle serve", "MB RSS", List.of(served.residentMegabytes())));
        }
        LibraryHome demo = bench.newHome("");
        bench.report()
                .add(new Figure(
                        "start",
                        "demo",
                        "s",
                        List.of(Workbench.seconds(() -> demo.run("demo", "--exit", "--port", "0")))));
        demo.delete();
        home.delete();
    }

    /** Waits for the first complete home page, and returns the seconds since the start. */
    private static double awaitPage(URI address, long start) {
        while (true) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) address.resolve("/").toURL().openConnection();
                int status = connection.getResponseCode();
                if (status == 200) {
                    connection.getInputStream().readAllBytes();
                    return (System.nanoTime() - start) / 1e9;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            if (System.nanoTime() - start > 60_000_000_000L) {
                throw new IllegalStateException("no page within 60 s at " + address);
            }
        }
    }
}

package org.librarypeers.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Lists and details beside a site of Django, Tastypie and waitress with the same resources; and a first sync from such a site, beside
 * what the site gives to four connections that send the same requests and save nothing. On Linux, that site has a processor of its own.
 */
final class TastypieScenario implements Scenario {

    private static final String LIST = "/api/v1/resource/?limit=20";

    /** The largest number of resources that are synced from the site, which answers some dozens of requests a second. */
    private static final int MOST_SYNCED = 2_000;

    /** The number of resources on a page of the list that a sync reads. */
    private static final int LISTED = 500;

    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";

    @Override
    public String name() {
        return "tastypie";
    }

    @Override
    public String description() {
        return "lists, details and a first sync beside a site of Django and Tastypie, if it is installed";
    }

    @Override
    public void run(Workbench bench) throws IOException {
        if (!ForeignProgram.TASTYPIE.isInstalled(bench, name())) {
            return;
        }
        requests(bench);
        sync(bench);
    }

    private void requests(Workbench bench) throws IOException {
        Workbench.Source source = bench.source();
        int size = bench.library().size();
        try (ServedLibrary site = site(bench.newFolder(), bench.content(0), List.of())) {
            Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
            Map<String, String> paths = new LinkedHashMap<>();
            paths.put("list of 20", LIST);
            paths.put("deep list of 20", LIST + "&offset=" + (size - 40));
            paths.put("detail", "/api/v1/resource/" + size / 2 + "/");
            paths.forEach((what, path) -> {
                contenders.put(
                        "library, " + what,
                        load(source.served(), List.of(path), Workbench.READER + ":" + source.key()));
                contenders.put("Tastypie, " + what, load(site, List.of(path), Workbench.READER + ":" + KEY));
            });
            bench.compare(name(), "requests/s", contenders);
        }
    }

    private void sync(Workbench bench) throws IOException {
        int size = Math.min(MOST_SYNCED, bench.library().size());
        Path content = bench.content(new SyntheticLibrary(SyntheticLibrary.DEFAULT_SEED, size), 0);
        List<String> paths = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            if (id % LISTED == 1) {
                paths.add("/api/v1/resource/?limit=" + LISTED + "&offset=" + (id - 1) + "&order_by=update_date");
            }
            paths.add("/api/v1/resource/" + id + "/");
        }
        List<String> ofSite = processors("0");
        List<String> ofOthers =
                processors("1-" + Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        try (ServedLibrary site = site(bench.newFolder(), content, ofSite)) {
            Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
            DoubleSupplier requests = load(site, paths, Workbench.READER + ":" + KEY);
            contenders.put("Tastypie, requests of a sync", () -> requests.getAsDouble() * size / paths.size());
            contenders.put("library, first sync", () -> {
                LibraryHome home = bench.newHome("").with(ofOthers);
                try {
                    home.addPeer(site, Workbench.READER, KEY);
                    home.awaitClassArchive();
                    return size / SyncScenario.sync(home).seconds();
                } finally {
                    home.delete();
                }
            });
            bench.compare(name(), "resources/s", contenders);
        }
    }

    /** Returns the beginning of a command that runs on these processors only; empty if there is one, or no {@code taskset}. */
    private static List<String> processors(String numbers) {
        return Runtime.getRuntime().availableProcessors() > 1
                        && Path.of("/usr/bin/taskset").toFile().canExecute()
                ? List.of("/usr/bin/taskset", "-c", numbers)
                : List.of();
    }

    private static ServedLibrary site(Path folder, Path content, List<String> prefix) throws IOException {
        ProcessBuilder builder = ForeignProgram.TASTYPIE.builder(
                folder, folder.resolve("site.sqlite").toString(), content.toString(), KEY);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(builder.command());
        return ServedLibrary.start(builder.command(command));
    }

    private static DoubleSupplier load(ServedLibrary server, List<String> paths, String credentials) {
        List<URI> addresses =
                paths.stream().map(path -> server.address().resolve(path)).toList();
        return () -> HttpLoad.of(addresses, "ApiKey " + credentials).measured().perSecond();
    }
}

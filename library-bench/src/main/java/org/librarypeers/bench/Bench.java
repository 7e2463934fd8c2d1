package org.librarypeers.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the app beside baselines in the same run. Prints the median, least and most of each.")
public final class Bench implements Callable<Integer> {

    private static final List<Scenario> SCENARIOS = List.of(
            new SyncScenario(),
            new ServeScenario(),
            new TastypieScenario(),
            new StartScenario(),
            new LoopsScenario(),
            new CompareScenario());

    /** Scenarios that run only if they are named, because they take hours. */
    private static final List<Scenario> LONG = List.of(new GrowthScenario());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Scenarios to run: ${COMPLETION-CANDIDATES} (default: all but growth).",
            completionCandidates = Names.class)
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Number of resources (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each contender is measured (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Directory in which the filled libraries of 'serve' and 'compare' are kept. Later runs with the"
                            + " same size use them again.")
    private @Nullable Path kept;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    /** The names of all scenarios. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return all().stream().map(Scenario::name).iterator();
        }
    }

    /** Runs the scenarios, and ends the process with 0, 1 if one failed, or 2 for wrong usage. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (size < 100 || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--size must be at least 100 and --rounds at least 1; got " + size + " and " + rounds);
        }
        List<Scenario> chosen = chosen();
        String root = System.getProperty("library.root");
        if (root == null) {
            throw new IllegalStateException("start the benchmarks with ./library bench");
        }
        Report report = new Report(spec.commandLine().getOut(), json);
        report.machine(machine());
        SyntheticLibrary library = new SyntheticLibrary(SyntheticLibrary.DEFAULT_SEED, size);
        try (Workbench bench = new Workbench(Path.of(root, "library"), kept, library, rounds, report)) {
            for (Scenario scenario : chosen) {
                scenario.run(bench);
            }
        }
        return 0;
    }

    private List<Scenario> chosen() {
        if (names.isEmpty()) {
            return SCENARIOS;
        }
        List<Scenario> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all().stream()
                    .filter(scenario -> scenario.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "there is no scenario '" + name + "'; the scenarios are " + described())));
        }
        return chosen;
    }

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(SCENARIOS);
        all.addAll(LONG);
        return all;
    }

    private static String described() {
        StringBuilder text = new StringBuilder();
        all().forEach(scenario -> text.append(System.lineSeparator())
                .append("  ")
                .append(scenario.name())
                .append(": ")
                .append(scenario.description()));
        return text.toString();
    }

    private Map<String, Object> machine() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().toString());
        facts.put("resources", size);
        facts.put("seed", SyntheticLibrary.DEFAULT_SEED);
        facts.put("rounds", rounds);
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put(
                "memory in MB",
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                                .getTotalMemorySize()
                        >> 20);
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", Runtime.version().toString());
        return facts;
    }
}

package org.librarypeers.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/**
 * A printer of figures, which prints each one as soon as it is measured: in a table for people, or as one JSON object
 * per line. Not thread-safe.
 */
final class Report {

    private final PrintWriter out;
    private final boolean json;
    private final ObjectMapper mapper = new ObjectMapper();

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints a description of the machine. */
    void machine(Map<String, Object> facts) {
        if (json) {
            print(facts);
        } else {
            facts.forEach((name, value) -> out.println(name + ": " + value));
            out.printf(
                    Locale.ROOT,
                    "%n%-16s %-28s %12s %12s %12s  %s%n",
                    "scenario",
                    "contender",
                    "median",
                    "least",
                    "most",
                    "unit");
        }
        out.flush();
    }

    /** Prints one figure. */
    void add(Figure figure) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("scenario", figure.scenario());
            fields.put("contender", figure.contender());
            fields.put("unit", figure.unit());
            fields.put("median", figure.median());
            fields.put("values", figure.values());
            print(fields);
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-16s %-28s %12s %12s %12s  %s%n",
                    figure.scenario(),
                    figure.contender(),
                    number(figure.median()),
                    number(figure.least()),
                    number(figure.most()),
                    figure.unit());
        }
        out.flush();
    }

    /** Prints that a contender was left out, and why. */
    void skipped(String scenario, String contender, String reason) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("scenario", scenario);
            fields.put("contender", contender);
            fields.put("skipped", reason);
            print(fields);
        } else {
            out.printf(Locale.ROOT, "%-16s %-28s skipped: %s%n", scenario, contender, reason);
        }
        out.flush();
    }

    private void print(Map<String, Object> fields) {
        out.println(mapper.writeValueAsString(fields));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }
}

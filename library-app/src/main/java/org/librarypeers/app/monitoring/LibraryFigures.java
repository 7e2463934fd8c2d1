package org.librarypeers.app.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures of a library at one time, such as the size of its inbox: the values of some metrics, by their labels. */
public final class LibraryFigures {

    private final Map<Metric, List<Row>> metrics = new LinkedHashMap<>();

    /**
     * A metric.
     *
     * @param name the name, such as {@code library.inbox.items}
     * @param unit the unit, such as {@code seconds}; null for a number of things
     * @param description what the value means, as a phrase
     */
    public record Metric(String name, @Nullable String unit, String description) {}

    /** A value with its labels. */
    public record Row(Map<String, String> labels, double value) {}

    /** Adds a metric without values. It stays in the output, so that a peer that was removed leaves no value behind. */
    LibraryFigures declare(Metric metric) {
        metrics.put(metric, new ArrayList<>());
        return this;
    }

    /** Adds a value. */
    void add(Metric metric, Map<String, String> labels, double value) {
        metrics.computeIfAbsent(metric, added -> new ArrayList<>()).add(new Row(labels, value));
    }

    /** Returns the values of each metric. */
    Map<Metric, List<Row>> metrics() {
        return metrics;
    }
}

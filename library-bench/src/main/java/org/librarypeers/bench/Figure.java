package org.librarypeers.bench;

import java.util.List;

/**
 * The values that one contender reached in one scenario.
 *
 * @param scenario the name of the scenario, such as {@code first-sync}
 * @param contender what was measured, such as {@code library} or {@code jdbc}
 * @param unit the unit of the values, such as {@code resources/s}
 * @param values the values of the rounds, in the order in which they were measured; at least one
 */
record Figure(String scenario, String contender, String unit, List<Double> values) {

    Figure {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty");
        }
    }

    double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return sorted().get(0);
    }

    double most() {
        return sorted().get(values.size() - 1);
    }

    private List<Double> sorted() {
        return values.stream().sorted().toList();
    }
}

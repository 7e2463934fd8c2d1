package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule that says which of a peer's offers are taken. An offer is taken if it meets at least one included condition of each
 * kind that occurs, and no excluded condition. The rule without conditions takes everything.
 *
 * <p>The text of a rule lists its conditions, excluded ones with a minus sign:
 * {@code category:"Infection control" language:fr -type:video}.
 *
 * @param includes conditions of which one of each kind must be met, without duplicates, ordered by kind
 * @param excludes conditions of which none may be met, without duplicates, ordered by kind
 */
public record SelectionRule(List<SelectionCondition> includes, List<SelectionCondition> excludes) {

    /** The maximum number of conditions of a rule. */
    public static final int MAX_CONDITIONS = 100;

    /** The rule that takes everything. */
    public static final SelectionRule EVERYTHING = new SelectionRule(List.of(), List.of());

    /**
     * Orders the conditions and removes duplicates.
     *
     * @throws IllegalArgumentException if there are too many conditions, or if a condition is both included and excluded
     */
    public SelectionRule {
        includes = ordered(includes);
        excludes = ordered(excludes);
        if (includes.size() + excludes.size() > MAX_CONDITIONS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "selection rule has %,d conditions; at most %,d are allowed",
                    includes.size() + excludes.size(),
                    MAX_CONDITIONS));
        }
        for (SelectionCondition condition : includes) {
            if (excludes.contains(condition)) {
                throw new IllegalArgumentException(
                        condition + " is both included and excluded; remove one of the two conditions");
            }
        }
    }

    private static List<SelectionCondition> ordered(List<SelectionCondition> conditions) {
        return conditions.stream()
                .distinct()
                .sorted(Comparator.comparing(SelectionCondition::kind))
                .toList();
    }

    /**
     * Returns the rule with this text. An empty text is the rule that takes everything.
     *
     * @throws IllegalArgumentException if a part of the text is not a condition
     */
    public static SelectionRule parse(String text) {
        List<SelectionCondition> includes = new ArrayList<>();
        List<SelectionCondition> excludes = new ArrayList<>();
        for (String part : parts(text)) {
            if (part.startsWith("-")) {
                excludes.add(SelectionCondition.parse(part.substring(1)));
            } else {
                includes.add(SelectionCondition.parse(part));
            }
        }
        return includes.isEmpty() && excludes.isEmpty() ? EVERYTHING : new SelectionRule(includes, excludes);
    }

    /** Splits a text at white space outside quotes. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isQuoted && c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (!isQuoted && Character.isWhitespace(c)) {
                addTo(parts, part);
            } else {
                isQuoted = (c == '"') != isQuoted;
                part.append(c);
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("selection rule has a quote that does not end: " + text);
        }
        addTo(parts, part);
        return parts;
    }

    private static void addTo(List<String> parts, StringBuilder part) {
        if (!part.isEmpty()) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }

    /** Returns whether this rule has no conditions. */
    public boolean takesEverything() {
        return includes.isEmpty() && excludes.isEmpty();
    }

    /** Returns whether an offer with these facts is taken. */
    public boolean takes(OfferFacts facts) {
        if (excludes.stream().anyMatch(condition -> condition.matches(facts))) {
            return false;
        }
        Map<SelectionCondition.Kind, Boolean> met = new EnumMap<>(SelectionCondition.Kind.class);
        includes.forEach(condition ->
                met.merge(condition.kind(), condition.matches(facts), (before, matches) -> before || matches));
        return !met.containsValue(false);
    }

    /** Returns a rule with the same exclusions and other inclusions. */
    public SelectionRule including(List<SelectionCondition> others) {
        return new SelectionRule(others, excludes);
    }

    /** Returns a rule with the same inclusions and other exclusions. */
    public SelectionRule excluding(List<SelectionCondition> others) {
        return new SelectionRule(includes, others);
    }

    /** Returns the text of this rule, which {@link #parse} reads; empty if it takes everything. */
    @Override
    public String toString() {
        return Stream.concat(
                        includes.stream().map(SelectionCondition::toString),
                        excludes.stream().map(condition -> "-" + condition))
                .collect(Collectors.joining(" "));
    }
}

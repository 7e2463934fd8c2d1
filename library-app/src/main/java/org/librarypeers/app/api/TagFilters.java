package org.librarypeers.app.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.librarypeers.domain.Tag;

/** Filters of tags by name and category, with the comparisons of existing sites. */
final class TagFilters {

    private TagFilters() {}

    /**
     * Returns a predicate that accepts the tags that match all filters.
     *
     * @throws RefusedException if a value is invalid for its comparison
     */
    static Predicate<Tag> of(List<OrbSchema.Filter> filters) {
        return filters.stream().map(TagFilters::of).reduce(tag -> true, Predicate::and);
    }

    private static Predicate<Tag> of(OrbSchema.Filter filter) {
        if (filter.field().equals("category")) {
            return tag -> tag.category().equalsIgnoreCase(filter.value());
        }
        Predicate<String> requested = name(filter.comparison(), filter.value());
        return tag -> requested.test(tag.name());
    }

    private static Predicate<String> name(String comparison, String value) {
        String lower = lower(value);
        return switch (comparison) {
            case "exact" -> name -> name.equals(value);
            case "iexact" -> name -> lower(name).equals(lower);
            case "contains" -> name -> name.contains(value);
            case "icontains" -> name -> lower(name).contains(lower);
            case "startswith" -> name -> name.startsWith(value);
            case "istartswith" -> name -> lower(name).startsWith(lower);
            case "endswith" -> name -> name.endsWith(value);
            case "iendswith" -> name -> lower(name).endsWith(lower);
            case "in" -> List.of(value.split(","))::contains;
            case "gt" -> name -> name.compareTo(value) > 0;
            case "gte" -> name -> name.compareTo(value) >= 0;
            case "lt" -> name -> name.compareTo(value) < 0;
            case "lte" -> name -> name.compareTo(value) <= 0;
            case "range" -> range(value);
            case "isnull" -> name -> lower.equals("false");
            case "regex" -> pattern(value, 0);
            case "iregex" -> pattern(value, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            default -> throw new IllegalArgumentException("unknown comparison " + comparison);
        };
    }

    private static Predicate<String> range(String value) {
        String[] bounds = value.split(",", -1);
        if (bounds.length != 2) {
            throw RefusedException.badRequest("'range' takes two values, separated by a comma.");
        }
        return name -> name.compareTo(bounds[0]) >= 0 && name.compareTo(bounds[1]) <= 0;
    }

    private static Predicate<String> pattern(String value, int flags) {
        try {
            Pattern pattern = Pattern.compile(value, flags);
            Steps steps = new Steps();
            return name -> pattern.matcher(new Counted(name, steps)).find();
        } catch (PatternSyntaxException e) {
            throw RefusedException.badRequest(
                    "The value is not a valid regular expression: " + e.getDescription() + ".");
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A counter of the characters that a regular expression has read, for all names together. It limits the running time. */
    private static final class Steps {
        private static final int MOST = 1_000_000;

        private int taken;

        void take() {
            taken++;
            if (taken > MOST) {
                throw RefusedException.badRequest("The regular expression takes too long.");
            }
        }
    }

    /** A name that counts each read of a character, because some expressions backtrack almost endlessly. */
    private record Counted(CharSequence name, Steps steps) implements CharSequence {

        @Override
        public char charAt(int index) {
            steps.take();
            return name.charAt(index);
        }

        @Override
        public int length() {
            return name.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(name.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }
}

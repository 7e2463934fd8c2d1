package org.librarypeers.app.move;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.librarypeers.domain.Status;

/** The report of a move: what was carried over, or would be, and what was not. Not thread-safe. */
public final class MoveReport {

    private static final int MOST_EXAMPLES = 5;

    private final Map<Status, Integer> resources = new LinkedHashMap<>();
    private final Map<String, Left> left = new LinkedHashMap<>();
    private final SortedSet<String> languages = new TreeSet<>();
    private int categories;
    private int tags;
    private int users;
    private int peers;
    private int files;
    private long bytes;

    /**
     * A kind of data that is not carried over as it was.
     *
     * @param what what it is and why, as a clause
     * @param count how often it occurs, from 1
     * @param examples the first of them; at most five
     */
    public record Left(String what, int count, List<String> examples) {

        /** Copies the list. */
        public Left {
            examples = List.copyOf(examples);
        }
    }

    void resource(Status status) {
        resources.merge(status, 1, Integer::sum);
    }

    void category() {
        categories++;
    }

    void tag() {
        tags++;
    }

    void user() {
        users++;
    }

    void peer() {
        peers++;
    }

    void file(long size) {
        files++;
        bytes += size;
    }

    void language(String code) {
        languages.add(code);
    }

    void left(String what, String example) {
        Left before = left.getOrDefault(what, new Left(what, 0, List.of()));
        List<String> examples = new ArrayList<>(before.examples());
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(example);
        }
        left.put(what, new Left(what, before.count() + 1, examples));
    }

    void left(String what, int count) {
        left.put(what, new Left(what, count, List.of()));
    }

    /** Returns the number of resources by status. Statuses without resources are left out. */
    public Map<Status, Integer> resources() {
        return Map.copyOf(resources);
    }

    /** Returns the number of categories. */
    public int categories() {
        return categories;
    }

    /** Returns the number of tags. */
    public int tags() {
        return tags;
    }

    /** Returns the number of accounts. */
    public int users() {
        return users;
    }

    /** Returns the number of peers. */
    public int peers() {
        return peers;
    }

    /** Returns the number of files and pictures. */
    public int files() {
        return files;
    }

    /** Returns the total size of the files and pictures in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Returns the languages of the titles, in alphabetical order. */
    public SortedSet<String> languages() {
        return new TreeSet<>(languages);
    }

    /** Returns the values that are not carried over unchanged, in the order in which they were found. */
    public List<Left> left() {
        return List.copyOf(left.values());
    }
}

package org.librarypeers.app.move;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.content.ImportedObjects;
import org.librarypeers.persistence.SiteMove.HighestNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a site that {@code dumpdata} of Django wrote. The resources are read from the file each time; everything else,
 * except what no library needs, is held in memory.
 */
final class Dump {

    private static final String RESOURCE = "resource";
    private static final int GZIP = 0x1f8b;
    private static final int BYTE = 8;
    private static final Comparator<DumpRow> BY_NUMBER =
            Comparator.comparingLong((DumpRow row) -> row.number().orElse(Long.MAX_VALUE));

    /** The columns of rows that are held in memory which can be very long and are not needed. */
    private static final List<String> LONG_COLUMNS = List.of("file_full_text", "user_agent", "extra_data");

    private final Path file;
    private final Map<String, Map<String, DumpRow>> tables = new LinkedHashMap<>();
    private final Map<String, Map<String, List<DumpRow>>> parts = new LinkedHashMap<>();
    private final SortedMap<String, Integer> others = new TreeMap<>();
    private final Set<String> links = new HashSet<>();
    private int resources;
    private final Map<String, Long> highest = new HashMap<>();

    /** The tables whose rows are found by their keys. */
    private static final List<String> TABLES = List.of("category", "tag", "user", "peer", "userprofile", "apikey");

    /** The tables whose rows are found by their resource. */
    private static final List<String> PARTS =
            List.of("resourcetag", "resourceurl", "resourcefile", "resourceworkflowtracker");

    private Dump(Path file) {
        this.file = file;
        TABLES.forEach(table -> tables.put(table, new LinkedHashMap<>()));
        PARTS.forEach(table -> parts.put(table, new LinkedHashMap<>()));
    }

    /**
     * Reads a file, which may be compressed with gzip.
     *
     * @throws MoveException if it is not the output of {@code dumpdata} of such a site
     * @throws IOException if it cannot be read
     */
    static Dump read(Path file) throws IOException {
        Dump dump = new Dump(file);
        dump.each(dump::add);
        if (dump.resources == 0 && dump.table("tag").isEmpty()) {
            throw new MoveException(file + " has no resources and no tags; make it on the site with"
                    + " 'python manage.py dumpdata --output dump.json'");
        }
        return dump;
    }

    private void add(DumpRow row) {
        highest.merge(row.model(), row.number().orElse(0), Math::max);
        Map<String, DumpRow> table = tables.get(row.model());
        Map<String, List<DumpRow>> part = parts.get(row.model());
        if (row.model().equals(RESOURCE)) {
            resources++;
        } else if (table != null) {
            LONG_COLUMNS.forEach(row.fields()::remove);
            table.put(row.key().isEmpty() ? row.where() : row.key(), row);
        } else if (part != null) {
            LONG_COLUMNS.forEach(row.fields()::remove);
            if (row.model().equals("resourceurl")) {
                links.add(row.key());
            }
            part.computeIfAbsent(row.reference(RESOURCE).orElse(""), key -> new ArrayList<>())
                    .add(row);
        } else {
            others.merge(row.model(), 1, Integer::sum);
        }
    }

    /** Returns the rows of a table, ordered by number. */
    List<DumpRow> table(String model) {
        return tables.getOrDefault(model, Map.of()).values().stream()
                .sorted(BY_NUMBER)
                .toList();
    }

    /** Returns the row with this key, or null. */
    @Nullable
    DumpRow row(String model, String key) {
        return tables.getOrDefault(model, Map.of()).get(key);
    }

    /** Returns the rows of a table that belong to a resource, ordered by number. */
    List<DumpRow> parts(String model, DumpRow resource) {
        return parts.getOrDefault(model, Map.of()).getOrDefault(resource.key(), List.of()).stream()
                .sorted(BY_NUMBER)
                .toList();
    }

    /** Returns whether a link has this key. */
    boolean isLink(String key) {
        return links.contains(key);
    }

    /** Returns the number of rows of each table that is not carried over, by its name. */
    SortedMap<String, Integer> others() {
        return others;
    }

    /** Returns the highest numbers of the site. */
    HighestNumbers highestNumbers() {
        return new HighestNumbers(
                highest.getOrDefault(RESOURCE, 0L),
                Math.max(highest.getOrDefault("resourceurl", 0L), highest.getOrDefault("resourcefile", 0L)),
                highest.getOrDefault("resourcetag", 0L),
                highest.getOrDefault("category", 0L),
                highest.getOrDefault("tag", 0L));
    }

    /** Passes each resource, in the order of the file. */
    void eachResource(Consumer<DumpRow> work) throws IOException {
        each(row -> {
            if (row.model().equals(RESOURCE)) {
                work.accept(row);
            }
        });
    }

    private void each(Consumer<DumpRow> work) throws IOException {
        try (InputStream bytes = open()) {
            ImportedObjects.read(
                    bytes,
                    new ImportedObjects.Sink() {
                        @Override
                        public void found(String where, JsonNode value, long characters) {
                            work.accept(row(where, value));
                        }

                        @Override
                        public void unreadable(String where, String why) {
                            throw new MoveException(file + ", " + where + ": " + why);
                        }
                    },
                    () -> true);
        }
    }

    private DumpRow row(String where, JsonNode value) {
        if (!(value instanceof ObjectNode)
                || !value.path("model").isString()
                || !(value.path("fields") instanceof ObjectNode fields)) {
            throw new MoveException(file + ", " + where
                    + ": not a row with model and fields, as 'python manage.py dumpdata'" + " writes it");
        }
        String model = value.path("model").asString().toLowerCase(Locale.ROOT);
        String key = DumpRow.keyOf(value.path("pk"));
        String name = model.substring(model.lastIndexOf('.') + 1);
        // Users are referred to by name if the file has natural keys.
        boolean isNatural = key.isEmpty() && name.equals("user");
        return new DumpRow(where, name, isNatural ? DumpRow.keyOf(fields.path("username")) : key, fields);
    }

    private InputStream open() throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        bytes.mark(2);
        int start = bytes.read() << BYTE | bytes.read();
        bytes.reset();
        return start == GZIP ? new GZIPInputStream(bytes) : bytes;
    }
}

package org.librarypeers.app.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.persistence.Maintenance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of a backup: its last entry, as JSON.
 *
 * @param format the version of the file format
 * @param program the name and version of the program that wrote the backup
 * @param created the time of the snapshot
 * @param library the id of the library
 * @param schemaVersion the version of the tables
 * @param tables the tables, each after those that its foreign keys name
 * @param sequences the sequences
 * @param entries the other entries of the file, in their order
 * @param withoutFiles whether the uploaded files were left out; null in backups of earlier versions, which have them
 */
public record BackupManifest(
        int format,
        String program,
        Instant created,
        UUID library,
        int schemaVersion,
        List<Table> tables,
        List<Sequence> sequences,
        List<Entry> entries,
        @Nullable Boolean withoutFiles) {

    /** The version of the file format that this program writes, and the latest that it reads. */
    static final int FORMAT = 1;

    static final String NAME = "manifest.json";
    static final String SECRET_KEY = "secret.key";
    private static final String TABLES = "tables/";
    private static final String FILES = "files/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Copies the lists. */
    public BackupManifest {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(library, "library");
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        entries = List.copyOf(entries);
    }

    /**
     * A table.
     *
     * @param columns the columns, in the order of the values in each row
     * @param rows the number of rows
     */
    public record Table(String name, List<String> columns, long rows) {

        /** Copies the list. */
        public Table {
            Objects.requireNonNull(name, "name");
            columns = List.copyOf(columns);
        }
    }

    /**
     * A sequence.
     *
     * @param last the last number that was drawn, or the first one if none was drawn
     * @param drawn whether a number was drawn
     */
    public record Sequence(String name, long last, boolean drawn) {}

    /**
     * An entry of the file.
     *
     * @param bytes the size of its content
     * @param sha256 the SHA-256 of its content, as lower-case hexadecimal digits
     */
    public record Entry(String name, long bytes, String sha256) {

        /** Returns whether the entry is an uploaded file. */
        boolean isFile() {
            return name.startsWith(FILES);
        }
    }

    /** Returns the name of the entry with the rows of a table. */
    static String tableEntry(String table) {
        return TABLES + table + ".copy";
    }

    /** Returns the name of the entry with an uploaded file. */
    static String fileEntry(String sha256) {
        return FILES + sha256.substring(0, 2) + "/" + sha256;
    }

    static BackupManifest parse(byte[] json) throws JacksonException {
        return JSON.readValue(json, BackupManifest.class);
    }

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** Returns the tables and sequences, as the database expects them. */
    public Maintenance.Content content() {
        return new Maintenance.Content(
                program,
                library,
                schemaVersion,
                tables.stream()
                        .map(table -> new Maintenance.Table(table.name(), table.columns()))
                        .toList(),
                sequences.stream()
                        .map(each -> new Maintenance.Sequence(each.name(), each.last(), each.drawn()))
                        .toList());
    }

    /** Returns the number of rows of a table; 0 if there is no such table. */
    public long rows(String table) {
        return tables.stream()
                .filter(each -> each.name().equals(table))
                .mapToLong(Table::rows)
                .sum();
    }

    /** Returns the number of uploaded files. */
    public long files() {
        return entries.stream().filter(Entry::isFile).count();
    }

    /** Returns whether the backup contains the uploaded files. */
    public boolean hasFiles() {
        return !Boolean.TRUE.equals(withoutFiles);
    }

    /** Returns whether the backup contains the secret key. */
    public boolean hasSecretKey() {
        return entries.stream().anyMatch(entry -> entry.name().equals(SECRET_KEY));
    }
}

package org.librarypeers.oai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/** The records of a page as items and deletions. If a record is on the page twice, the later one counts. */
final class PageItems {

    private static final int MAX_IDENTIFIER = 500;
    private static final int MAX_DATESTAMP = 40;

    private final DublinCoreMapping mapping;
    private final List<OaiRecord> records;
    private final Map<String, ChangePage.Item> items = new LinkedHashMap<>();
    private final List<ChangePage.Item> rows = new ArrayList<>();
    private final Set<Guid> deleted = new HashSet<>();
    private int undated;

    PageItems(DublinCoreMapping mapping, List<OaiRecord> records) {
        this.mapping = mapping;
        this.records = records;
        records.forEach(this::add);
        items.values().stream()
                .map(ChangePage.Item::guid)
                .filter(Objects::nonNull)
                .forEach(deleted::remove);
    }

    private void add(OaiRecord record) {
        if (Datestamp.parse(record.datestamp()).isEmpty()) {
            undated++;
        }
        if (record.identifier().isEmpty() || record.identifier().length() > MAX_IDENTIFIER) {
            rows.add(row(record));
        } else if (record.deleted()) {
            items.remove(record.identifier());
            deleted.addAll(RecordIdentity.candidates(record.identifier()));
        } else {
            items.put(record.identifier(), item(record));
        }
    }

    /** Returns the item of a record without an identifier. Its content tells it from others in later runs. */
    private static ChangePage.Item row(OaiRecord record) {
        String digest = record.digest();
        return ChangePage.Item.unreadableRow(
                digest,
                digest,
                "a record has no identifier, or one of more than " + MAX_IDENTIFIER + " characters (datestamp \""
                        + shown(record.datestamp()) + "\"); tell the administrator of the repository");
    }

    private ChangePage.Item item(OaiRecord record) {
        String version = shown(record.datestamp()) + " " + record.digest() + " " + mapping;
        return new ChangePage.Item(
                record.identifier(), RecordIdentity.of(record), shortened(version), body(mapping, record));
    }

    private static String shown(String datestamp) {
        return datestamp
                .substring(0, Math.min(datestamp.length(), MAX_DATESTAMP))
                .replaceAll("\\p{Cntrl}", "?");
    }

    /** Returns the version with a digest instead of a long mapping. */
    private static String shortened(String version) {
        return version.length() <= 100
                ? version.strip()
                : new Digest().add(version).toString();
    }

    /** Returns the answer for a record that is not deleted. */
    static Fetched body(DublinCoreMapping mapping, OaiRecord record) {
        return RecordReader.read(record, mapping, RecordIdentity.of(record));
    }

    List<ChangePage.Item> items() {
        List<ChangePage.Item> all = new ArrayList<>(items.values());
        all.addAll(rows);
        return all;
    }

    Set<Guid> deleted() {
        return deleted;
    }

    /** Returns the number of records without a valid datestamp. */
    int undated() {
        return undated;
    }

    /**
     * Returns the newest datestamp that was not in the future when the list began; null if it is missing. Later ones do not count, because
     * they say nothing about how far the list was read.
     *
     * @param start the time of the repository when the list began; null if it is unknown, and then no datestamp can be trusted
     */
    @Nullable
    Instant newest(@Nullable Instant start, Granularity granularity) {
        if (start == null) {
            return null;
        }
        Instant limit = start.plus(granularity.unit());
        return records.stream()
                .map(record -> Datestamp.parse(record.datestamp()))
                .flatMap(Optional::stream)
                .filter(time -> time.isBefore(limit))
                .max(Instant::compareTo)
                .orElse(null);
    }
}

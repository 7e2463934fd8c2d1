package org.librarypeers.oai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.DublinCoreMapping.Element;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Fetched;

/** Tests of the records of a page as items and deletions, and of their GUIDs. */
class PageItemsTest {

    private static final String GUID = "4a1e0000-0000-4000-8000-000000000001";

    private static PageItems items(OaiRecord... records) {
        return new PageItems(DublinCoreMapping.DEFAULT, List.of(records));
    }

    private static OaiRecord record(String identifier, String datestamp, String... values) {
        return new OaiRecord(
                identifier,
                datestamp,
                false,
                List.of(values).stream()
                        .map(text -> new DublinCoreValue(Element.IDENTIFIER, null, text))
                        .toList(),
                null);
    }

    private static OaiRecord deleted(String identifier) {
        return new OaiRecord(identifier, "2026-01-02", true, List.of(), null);
    }

    private static String version(OaiRecord record) {
        return items(record).items().get(0).version();
    }

    @Test
    void a_record_has_the_guid_of_its_identifier_in_all_libraries() {
        Guid guid = RecordIdentity.of(record("oai:a:1", ""));

        assertThat(guid.value().version()).isEqualTo(5);
        assertThat(RecordIdentity.NAMESPACE).isEqualTo(UUID.fromString("c3aa425b-9938-5cf1-866f-5eaac9891db8"));
        // The example of RFC 9562, A.4.
        assertThat(RecordIdentity.nameBased(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void a_record_of_a_library_keeps_its_guid_only_if_identifier_and_urn_agree() {
        Guid own = Guid.of(GUID);

        assertThat(RecordIdentity.of(record("oai:a.org:" + GUID, "", " urn:uuid:" + GUID + " ")))
                .isEqualTo(own);
        assertThat(RecordIdentity.of(record("oai:a.org:" + GUID, "", "x urn:uuid:" + GUID)))
                .isNotEqualTo(own);
        assertThat(RecordIdentity.of(record("oai:a.org:1", "", "urn:uuid:" + GUID)))
                .isNotEqualTo(own);
        assertThat(RecordIdentity.of(new OaiRecord(
                        "oai:a.org:" + GUID,
                        "",
                        false,
                        List.of(new DublinCoreValue(Element.TITLE, null, "urn:uuid:" + GUID)),
                        null)))
                .isNotEqualTo(own);
    }

    @Test
    void the_later_one_of_two_equal_identifiers_counts() {
        PageItems changed = items(record("oai:a:1", "2026-01-01"), record("oai:a:1", "2026-01-02"));
        PageItems gone = items(record("oai:a:1", "2026-01-01"), deleted("oai:a:1"));
        PageItems back = items(deleted("oai:a:1"), record("oai:a:1", "2026-01-03"));
        Guid guid = RecordIdentity.of(record("oai:a:1", ""));

        assertThat(changed.items())
                .singleElement()
                .extracting(ChangePage.Item::version)
                .asString()
                .startsWith("2026-01-02");
        assertThat(gone.items()).isEmpty();
        assertThat(gone.deleted()).containsExactly(guid);
        assertThat(back.items()).hasSize(1);
        assertThat(back.deleted()).isEmpty();
    }

    @Test
    void a_deletion_names_both_guids_that_the_record_may_have() {
        assertThat(items(deleted("oai:a.org:" + GUID)).deleted()).hasSize(2).contains(Guid.of(GUID));
    }

    @Test
    void a_record_without_an_identifier_or_with_an_endless_one_is_a_row_that_cannot_be_read() {
        String longest = "x".repeat(500);
        List<ChangePage.Item> items = items(
                        record("", "2026\n" + "1".repeat(50)), record(longest + "x", ""), record(longest, ""))
                .items();

        assertThat(items)
                .extracting(ChangePage.Item::remoteId)
                .contains(longest)
                .doesNotContain("", longest + "x");
        assertThat(items).hasSize(3);
        assertThat(items.get(0).body()).isNotNull();
        assertThat(items.get(1).body())
                .isInstanceOfSatisfying(
                        Fetched.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason().detail())
                                .contains("(datestamp \"2026?" + "1".repeat(35) + "\")"));
    }

    @Test
    void a_version_changes_with_the_datestamp_the_values_and_the_mapping() {
        OaiRecord record = record("oai:a:1", "2026-01-02", "a", "b");

        assertThat(version(record)).isEqualTo(version(record("oai:a:1", "2026-01-02", "a", "b")));
        assertThat(version(record))
                .isNotEqualTo(version(record("oai:a:1", "2026-01-03", "a", "b")))
                .isNotEqualTo(version(record("oai:a:1", "2026-01-02", "ab")));
        assertThat(new PageItems(DublinCoreMapping.parse("texts-in=fr"), List.of(record))
                        .items()
                        .get(0)
                        .version())
                .isNotEqualTo(version(record))
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_version_with_a_long_mapping_is_a_digest() {
        DublinCoreMapping mapping = DublinCoreMapping.parse("coverage=tag:" + "Place".repeat(15));

        assertThat(new PageItems(mapping, List.of(record("oai:a:1", "2026-01-02")))
                        .items()
                        .get(0)
                        .version())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void records_without_a_datestamp_are_counted() {
        assertThat(items(record("oai:a:1", "soon"), record("oai:a:2", "2026-01-02"), record("oai:a:3", ""))
                        .undated())
                .isEqualTo(2);
    }

    @Test
    void the_newest_datestamp_is_not_in_the_future_of_the_repository() {
        PageItems items = items(
                record("oai:a:1", "2026-01-02T00:00:00Z"),
                record("oai:a:2", "2026-01-01T00:00:00Z"),
                record("oai:a:3", "2026-01-02T00:00:01Z"),
                record("oai:a:4", "soon"));
        Instant start = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(items.newest(start, Granularity.SECOND)).isEqualTo(start);
        assertThat(items.newest(start.plusMillis(1), Granularity.SECOND)).isEqualTo(start.plusSeconds(1));
        assertThat(items.newest(start.minusSeconds(1), Granularity.DAY)).isEqualTo(start.plusSeconds(1));
        assertThat(items.newest(Instant.EPOCH, Granularity.SECOND)).isNull();
        assertThat(items.newest(null, Granularity.SECOND)).isNull();
    }
}

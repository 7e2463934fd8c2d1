package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.ThrowingConsumer;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.ResourceContent;

/** Reads a resource that has a GUID, a title and the fields that a test names, as a peer sends it. */
final class FieldsAsSent {

    /** The GUID of the resource. */
    static final Guid GUID = Guid.of("0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11");

    /** A valid entry of {@code tags}. */
    static final String GOOD_TAG = "{\"tag\": {\"name\": \"Nurse\", \"category\": \"Audience\"}}";

    private FieldsAsSent() {}

    /** Reads the resource with these JSON fields. */
    static ReadResource read(String fields) {
        String object = "{\"guid\": \"" + GUID + "\", \"title\": \"Water\", " + fields + "}";
        return ResourceDocument.readFrom(Samples.json(object), "https://a.example");
    }

    static ResourceContent content(ReadResource read) {
        return read.resource().content();
    }

    /** Checks that the reading left exactly one remark, which names these values. */
    static void assertRemark(ReadResource read, Kind kind, String field, String... values) {
        assertThat(read.remarks()).satisfiesExactly(remark(kind, field, values));
    }

    /** Returns a check that a remark names these values. */
    static ThrowingConsumer<Remark> remark(Kind kind, String field, String... values) {
        return remark -> {
            assertThat(remark.kind()).isEqualTo(kind);
            assertThat(remark.field()).isEqualTo(field);
            assertThat(remark.detail()).contains(values);
        };
    }
}

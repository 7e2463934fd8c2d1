package org.librarypeers.persistence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Remark;

/** The JSON form of a remark. Properties may be added, but never renamed. */
record RemarkDocument(
        @JsonProperty("kind") String kind,
        @JsonProperty("field") String field,
        @JsonProperty("detail") String detail) {

    /** Returns the JSON of the remarks, or null if there are none. */
    static @Nullable String write(List<Remark> remarks) {
        return remarks.isEmpty()
                ? null
                : Json.write(remarks.stream()
                        .map(remark -> new RemarkDocument(remark.kind().word(), remark.field(), remark.detail()))
                        .toList());
    }

    /** Returns the remarks in a column, or an empty list if the column is null. */
    static List<Remark> read(@Nullable String json) {
        return json == null
                ? List.of()
                : Stream.of(Json.read(json, RemarkDocument[].class))
                        .map(RemarkDocument::toDomain)
                        .toList();
    }

    private Remark toDomain() {
        return new Remark(Remark.Kind.ofWord(kind).orElseThrow(), field, detail);
    }
}

package org.librarypeers.sync.peer;

import java.util.List;
import java.util.function.Function;
import org.librarypeers.domain.Guid;

/** The summary of what a library serves in a range of GUIDs: the digests of its parts, or each resource if there are only a few. */
public sealed interface RangeSummary {

    /** Returns the result of the function for this kind of summary. */
    <T> T match(Function<Parts, T> parts, Function<Rows, T> rows);

    /**
     * The digests of the parts of the range.
     *
     * @param parts the parts, at least one, in the order of their ranges, which make up the whole range without gaps
     */
    record Parts(List<RangeDigest> parts) implements RangeSummary {

        /** Copies the parts. */
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public <T> T match(Function<Parts, T> ofParts, Function<Rows, T> ofRows) {
            return ofParts.apply(this);
        }
    }

    /**
     * All resources in the range.
     *
     * @param rows the resources, in the order of their GUIDs; empty if nothing is served in the range
     */
    record Rows(List<Row> rows) implements RangeSummary {

        /** Copies the rows. */
        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public <T> T match(Function<Parts, T> ofParts, Function<Rows, T> ofRows) {
            return ofRows.apply(this);
        }
    }

    /**
     * A resource that is served.
     *
     * @param guid the GUID
     * @param remoteId the id by which the library returns the resource
     * @param version the version token of what it serves, as in {@link ChangePage.Item#version}
     */
    record Row(Guid guid, String remoteId, String version) {

        /** Returns the item of a list that has this resource, without its body. */
        public ChangePage.Item item() {
            return new ChangePage.Item(remoteId, guid, version, null);
        }
    }
}

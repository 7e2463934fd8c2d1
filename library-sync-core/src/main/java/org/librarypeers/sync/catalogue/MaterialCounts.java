package org.librarypeers.sync.catalogue;

import java.util.Map;
import org.librarypeers.domain.MaterialType;

/**
 * The numbers of entries by type of material and by study time. Types and ranges without entries are left out.
 *
 * @param types the number of entries that have an attachment of each type, from 1
 * @param studyTimes the number of entries whose study time is in each range, from 1
 * @param complete whether all matching entries were counted; otherwise, the actual counts are at least these
 */
public record MaterialCounts(Map<MaterialType, Long> types, Map<StudyTimeRange, Long> studyTimes, boolean complete) {

    /** The counts of no entries. */
    public static final MaterialCounts NONE = new MaterialCounts(Map.of(), Map.of(), true);

    /** Copies the maps. */
    public MaterialCounts {
        types = Map.copyOf(types);
        studyTimes = Map.copyOf(studyTimes);
    }
}

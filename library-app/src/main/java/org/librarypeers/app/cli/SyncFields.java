package org.librarypeers.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.storage.RunItem;

/** The JSON fields of a run. */
final class SyncFields {

    private SyncFields() {}

    static Map<String, @Nullable Object> of(SyncReport report) {
        Map<String, @Nullable Object> fields = of(report.peer(), report.log());
        fields.put("remarks", remarks(report.remarked()));
        if (report.preview()) {
            fields.put("dry_run", true);
        }
        return fields;
    }

    /**
     * Returns the fields of a past run, with its failed items.
     *
     * @param failed the failed items to list; the fields also state how many others there were
     */
    static Map<String, @Nullable Object> of(Peer peer, SyncLog log, List<RunItem> failed) {
        Map<String, @Nullable Object> fields = of(peer, log);
        fields.put(
                "failed_items",
                failed.stream().map(item -> failedItem(item.outcome())).toList());
        int leftOut = log.tally().failed() - failed.size();
        if (leftOut > 0) {
            fields.put("failed_items_left_out", leftOut);
        }
        return fields;
    }

    private static Map<String, @Nullable Object> failedItem(Outcome outcome) {
        Map<String, @Nullable Object> fields = BaseCommand.fields();
        fields.put("remote_id", outcome.remoteId());
        fields.put("guid", outcome.guid() == null ? null : outcome.guid().toString());
        fields.put("reason", outcome.reason() == null ? null : outcome.reason().detail());
        return fields;
    }

    /** Returns the fields of a run. Resources that follow another source count as unchanged. */
    static Map<String, @Nullable Object> of(Peer peer, SyncLog log) {
        SyncTally tally = log.tally();
        Map<String, @Nullable Object> fields = BaseCommand.fields();
        fields.put("peer", peer.id().value());
        fields.put("name", peer.name());
        fields.put("status", log.status().word());
        fields.put("new_resources", tally.added());
        fields.put("updated_resources", tally.updated());
        fields.put("unchanged_resources", tally.unchanged() + tally.keptOtherSource());
        fields.put("skipped_local_resources", tally.keptLocal());
        fields.put("failed_resources", tally.failed());
        fields.put("withdrawn_resources", tally.withdrawn());
        fields.put("left_out_resources", tally.leftOut());
        fields.put("remarked_resources", tally.remarked());
        fields.put("requests", log.requests());
        fields.put("filtered_date", log.since());
        fields.put("started", log.started().toString());
        fields.put("finished", log.finished() == null ? null : log.finished().toString());
        fields.put("message", log.message());
        return fields;
    }

    /** Returns the remarks on the items of a run, each with the ids of its item. */
    static List<Map<String, @Nullable Object>> remarks(List<Outcome> outcomes) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            for (Remark remark : outcome.remarks()) {
                Map<String, @Nullable Object> fields = BaseCommand.fields();
                fields.put("remote_id", outcome.remoteId());
                fields.put(
                        "guid", outcome.guid() == null ? null : outcome.guid().toString());
                fields.put("kind", remark.kind().word());
                fields.put("field", remark.field());
                fields.put("detail", remark.detail());
                all.add(fields);
            }
        }
        return all;
    }
}

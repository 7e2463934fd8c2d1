package org.librarypeers.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.Comparison;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.peer.PeerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description =
                "Compares what a peer serves with what was last read from it, by a few requests for digests. Works with"
                        + " libraries that run this software.")
final class CompareCommand extends BaseLibraryCommand {

    /** The number of differences of each kind that are printed without --json. */
    private static final int SHOWN = 20;

    @Parameters(paramLabel = "PEER", description = "Id of the peer, as shown by list_peers.")
    private long id;

    @Option(
            names = "--sync",
            description =
                    "Also receive the resources that differ, as a sync does. Resources that the peer no longer serves are"
                            + " marked as withdrawn only if the peer confirms it.")
    private boolean sync;

    @Option(names = "--json", description = "Print one JSON object per line: the summary, then each difference.")
    private boolean json;

    @Override
    int run(Library library) {
        Peer peer = PeerLookup.find(library, id);
        peer.noRequestsReason().ifPresent(reason -> {
            throw new CliException("peer " + peer + " cannot be compared: " + reason);
        });
        try {
            Optional<Comparison> comparison = library.sync().compare(peer);
            comparison.ifPresentOrElse(this::print, () -> {
                throw new CliException(
                        "peer " + peer + " does not answer requests for digests, as existing sites and older"
                                + " versions; use sync_peer_resources --reconcile");
            });
            return sync && !comparison.map(Comparison::isEqual).orElse(true) ? receive(library, peer) : 0;
        } catch (PeerException e) {
            throw new CliException("peer " + peer + ": " + e.getMessage());
        }
    }

    private int receive(Library library, Peer peer) {
        SyncReport report = library.sync().sync(peer, SyncScope.DIFFERENCES, SyncListener.NONE);
        if (json) {
            json(SyncFields.of(report));
        } else {
            out().println("  synced: " + report.log().tally().words());
            Optional.ofNullable(report.log().message()).ifPresent(message -> out().println("  " + message));
        }
        return report.succeeded() ? 0 : 1;
    }

    private void print(Comparison comparison) {
        if (json) {
            json(summary(comparison));
            comparison.differences().forEach(difference -> json(described(difference)));
            return;
        }
        out().println(comparison.peer());
        out().println("  serves " + Count.of(comparison.served(), "resource") + ", compared with "
                + Count.of(comparison.requests(), "request") + " at " + comparison.asOf());
        if (comparison.isAll()) {
            out().println("  equal: " + comparison.equal());
        } else {
            out().println("  there are more differences than are shown; sync_peer_resources --reconcile receives all");
        }
        for (Comparison.Kind kind : Comparison.Kind.values()) {
            printKind(comparison, kind);
        }
    }

    private void printKind(Comparison comparison, Comparison.Kind kind) {
        List<Comparison.Difference> differences = comparison.differences().stream()
                .filter(each -> each.kind() == kind)
                .toList();
        out().println("  " + words(kind) + ": " + differences.size());
        differences.stream().limit(SHOWN).forEach(each -> out().println("    " + line(each)));
        if (differences.size() > SHOWN) {
            out().println("    and " + (differences.size() - SHOWN) + " more; see --json");
        }
    }

    private static String line(Comparison.Difference difference) {
        String dates = switch (difference.kind()) {
            case MISSING -> difference.version() + " there";
            case DIFFERENT -> difference.version() + " there, " + difference.readVersion() + " last read";
            case NOT_SERVED -> difference.readVersion() + " last read";
        };
        return difference.guid() + "  " + dates
                + switch (difference.here()) {
                    case NOTHING, FOLLOWED -> "";
                    case LOCAL -> " (local here)";
                    case OTHER_SOURCE -> " (follows another peer here)";
                    case LEFT_OUT -> " (left out by rule here)";
                };
    }

    private static String words(Comparison.Kind kind) {
        return switch (kind) {
            case MISSING -> "missing here";
            case DIFFERENT -> "different";
            case NOT_SERVED -> "no longer served there";
        };
    }

    private static Map<String, @Nullable Object> summary(Comparison comparison) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("peer", comparison.peer().id().value());
        fields.put("name", comparison.peer().name());
        fields.put("as_of", comparison.asOf().toString());
        fields.put("served", comparison.served());
        fields.put("equal", comparison.isAll() ? comparison.equal() : null);
        for (Comparison.Kind kind : Comparison.Kind.values()) {
            fields.put(word(kind), comparison.count(kind));
        }
        fields.put("complete", comparison.isAll());
        fields.put("requests", comparison.requests());
        return fields;
    }

    private static Map<String, @Nullable Object> described(Comparison.Difference difference) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("difference", word(difference.kind()));
        fields.put("guid", difference.guid().toString());
        fields.put("remote_id", difference.remoteId());
        fields.put("update_date", difference.version());
        fields.put("read_date", difference.readVersion());
        fields.put("here", word(difference.here()));
        return fields;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

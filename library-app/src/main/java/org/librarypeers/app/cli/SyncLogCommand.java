package org.librarypeers.app.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Outcome;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.RunItem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sync_log", aliases = "sync-log", description = "Shows past runs, newest first, and quarantined items.")
final class SyncLogCommand extends BaseLibraryCommand {

    /** The maximum number of failed items, and of items with remarks, per run. It limits the length of a JSON line. */
    private static final int MAX_ITEMS = 1_000;

    @Parameters(arity = "0..1", paramLabel = "PEER_ID", description = "Show only this peer.")
    private @Nullable Long id;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Maximum number of runs to show (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    int run(Library library) {
        if (limit < 1) {
            throw new CliException("--limit is " + limit + "; it must be at least 1");
        }
        Map<PeerId, Peer> peers =
                library.storage().peers().all().stream().collect(Collectors.toMap(Peer::id, Function.identity()));
        PeerId peer = peer(peers);
        List<SyncLog> logs = library.storage().syncLogs().recent(peer, limit);
        for (SyncLog log : logs) {
            library.storage()
                    .peers()
                    .findIncludingRemoved(log.peer())
                    .ifPresent(requested -> print(library, requested, log));
        }
        if (!json) {
            if (logs.isEmpty()) {
                out().println("There are no runs yet.");
            }
            peers.values().stream()
                    .filter(each -> peer == null || each.id().equals(peer))
                    .forEach(each ->
                            printQuarantine(each, library.storage().harvest().quarantinedItems(each.id())));
        }
        return 0;
    }

    private @Nullable PeerId peer(Map<PeerId, Peer> peers) {
        if (id == null) {
            return null;
        }
        if (id < 1 || !peers.containsKey(new PeerId(id))) {
            throw new CliException("there is no peer " + id + "; list_peers shows all peers");
        }
        return new PeerId(id);
    }

    private void print(Library library, Peer peer, SyncLog log) {
        if (json) {
            Map<String, @Nullable Object> fields = SyncFields.of(peer, log, failedItems(library, log));
            fields.put("remarks", SyncFields.remarks(remarkedItems(library, log)));
            json(fields);
            return;
        }
        out().println("run " + log.id() + ", " + log.started() + ", " + peer);
        out().println("  " + log.tally().words());
        out().println("  " + RunSummary.how(log) + (log.message() == null ? "" : "; " + log.message()));
    }

    private static List<RunItem> failedItems(Library library, SyncLog log) {
        return log.tally().failed() == 0
                ? List.of()
                : library.storage()
                        .syncLogs()
                        .outcomes(log.id(), Outcome.Kind.FAILED, 0, MAX_ITEMS)
                        .items();
    }

    private static List<Outcome> remarkedItems(Library library, SyncLog log) {
        return log.tally().remarked() == 0
                ? List.of()
                : library.storage().syncLogs().remarked(log.id(), 0, MAX_ITEMS).items().stream()
                        .map(RunItem::outcome)
                        .toList();
    }

    private void printQuarantine(Peer peer, List<QuarantinedItem> items) {
        if (!items.isEmpty()) {
            out().println();
            out().println("Quarantined items of " + peer + ", to be retried by the next run");
            items.forEach(item -> out().println("  " + item.remoteId()
                    + (item.guid() == null ? "" : ", " + item.guid()) + ": "
                    + item.reason().detail() + " ("
                    + Count.of(item.attempts(), "attempt") + " since " + item.firstSeen() + ", last at "
                    + item.lastSeen() + ")"));
        }
    }
}

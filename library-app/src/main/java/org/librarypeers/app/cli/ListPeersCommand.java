package org.librarypeers.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list_peers",
        aliases = "list-peers",
        description = "Lists the peers, and why some of them cannot be synced.")
final class ListPeersCommand extends BaseLibraryCommand {

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    int run(Library library) {
        List<Peer> peers = library.storage().peers().all();
        if (json) {
            peers.forEach(this::printJson);
        } else {
            print(peers);
        }
        return 0;
    }

    private void print(List<Peer> peers) {
        List<Peer> queryable = peers.stream().filter(Peer::isQueryable).toList();
        out().println("Queryable peers");
        queryable.forEach(out()::println);
        if (queryable.isEmpty()) {
            out().println("(none; add one with add_peer)");
        }
        if (queryable.size() < peers.size()) {
            out().println();
            out().println("Unqueryable peers (will not be synced)");
            peers.forEach(
                    peer -> peer.unqueryableReason().ifPresent(reason -> out().println(peer + " (" + reason + ")")));
        }
    }

    private void printJson(Peer peer) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("id", peer.id().value());
        fields.put("name", peer.name());
        fields.put("host", peer.host().map(PeerHost::toString).orElse(null));
        fields.put("access", peer.access().match(orb -> "orb", bundle -> "bundle", oai -> "oai"));
        Optional<PeerAccess.Oai> repository = peer.access().repository();
        fields.put("repository", repository.map(oai -> oai.url().toString()).orElse(null));
        fields.put("set", repository.map(PeerAccess.Oai::set).orElse(null));
        fields.put("metadata_prefix", repository.map(PeerAccess.Oai::prefix).orElse(null));
        fields.put("mapping", repository.map(oai -> oai.mapping().toString()).orElse(null));
        fields.put(
                "bundle_key",
                peer.access()
                        .trustedKey()
                        .map(trusted -> trusted.key().fingerprint())
                        .orElse(null));
        fields.put("active", peer.active());
        fields.put("queryable", peer.isQueryable());
        fields.put("scheduled", peer.syncsAutomatically());
        Duration interval = peer.interval();
        fields.put("every_minutes", interval == null ? null : interval.toMinutes());
        fields.put("publication", peer.publication().word());
        fields.put("archive_withdrawn", peer.archivesWithdrawn());
        fields.put("selection", peer.selection().toString());
        fields.put("reason", peer.unqueryableReason().orElse(null));
        json(fields);
    }
}

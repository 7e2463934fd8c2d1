package org.librarypeers.app.move;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;

/** The peers of a site, and those from which it once received resources. */
final class SitePeers {

    private final MoveReport report;
    private final Supplier<PeerId> ids;
    private final Map<String, Peer> byRow = new HashMap<>();
    private final List<Peer> peers = new ArrayList<>();

    /**
     * Reads the peers.
     *
     * @param ids supplies the numbers of new peers
     */
    SitePeers(Dump dump, Supplier<PeerId> ids, MoveReport report) {
        this.report = report;
        this.ids = ids;
        dump.table("peer").forEach(this::add);
    }

    private void add(DumpRow row) {
        String name = row.text("name").orElse("");
        try {
            PeerHost host = PeerHost.of(row.text("host").orElse(""));
            Optional<Peer> same = peers.stream()
                    .filter(peer -> peer.access().isAt(host.toString()))
                    .findFirst();
            if (same.isPresent()) {
                report.left("peers with the address of another one, which is used instead", name);
                byRow.put(row.key(), same.get());
                return;
            }
            String user = row.textOrNull("api_user");
            String key = row.textOrNull("api_key");
            Peer peer = Peer.builder()
                    .id(ids.get())
                    .name(name.isBlank() ? host.toString() : name)
                    .host(host)
                    .credentials(user, key == null ? null : new ApiKey(key))
                    .active(!row.fields().has("active") || row.is("active"))
                    .build();
            byRow.put(row.key(), peer);
            peers.add(peer);
            report.peer();
        } catch (IllegalArgumentException e) {
            report.left("peers that cannot be used: " + e.getMessage(), name);
        }
    }

    /** Returns the peer from which a resource came. Null if the site made the resource itself. */
    @Nullable
    Peer source(DumpRow resource) {
        Optional<String> reference = resource.reference("source_peer");
        Peer peer = reference.map(byRow::get).orElse(null);
        if (peer != null) {
            return peer;
        }
        Optional<String> host = resource.text("source_host");
        if (host.isEmpty() && reference.isEmpty()) {
            return null;
        }
        return host.flatMap(this::formerly).orElseGet(() -> {
            report.left(
                    "sources of resources whose peer is unknown; the resources become the library's own",
                    resource.where());
            return null;
        });
    }

    /** Returns the peer with this address. A peer that the site removed becomes an inactive one. */
    private Optional<Peer> formerly(String address) {
        Optional<Peer> known =
                peers.stream().filter(peer -> peer.access().isAt(address)).findFirst();
        if (known.isPresent()) {
            return known;
        }
        try {
            PeerHost host = PeerHost.of(address);
            Peer peer = Peer.builder()
                    .id(ids.get())
                    .name(host.toString())
                    .host(host)
                    .active(false)
                    .build();
            peers.add(peer);
            report.left("sources that the site had removed as peers; they become inactive peers", host.toString());
            return Optional.of(peer);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns all peers, in the order of their numbers. */
    List<Peer> all() {
        return peers;
    }
}

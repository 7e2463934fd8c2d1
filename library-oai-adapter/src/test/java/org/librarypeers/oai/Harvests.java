package org.librarypeers.oai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;

/** The parts that tests of harvests share: a repository, a client, and whole lists. */
abstract class Harvests {

    final ScriptedRepository repository = new ScriptedRepository();
    final SettableClock clock = new SettableClock();
    final OaiPeerClient client = OaiPeerClient.builder()
            .clock(clock)
            .backoff(Duration.ofMillis(1))
            .requestTimeout(Duration.ofSeconds(20))
            .build();

    @AfterEach
    void closeBoth() {
        client.close();
        repository.close();
    }

    /** The pages of one session together. */
    record Harvest(
            List<ChangePage.Item> items,
            Set<Guid> deleted,
            @Nullable Cursor cursor,
            Completeness completeness,
            List<String> remarks,
            int requests) {

        List<String> identifiers() {
            return items.stream().map(ChangePage.Item::remoteId).toList();
        }

        List<String> titles() {
            return items.stream()
                    .flatMap(item -> item.body() instanceof Fetched.Body body
                            ? Stream.of(body.resource().content().title().best(List.of("en")))
                            : Stream.empty())
                    .toList();
        }

        Fetched body(String identifier) {
            return items.stream()
                    .filter(item -> item.remoteId().equals(identifier))
                    .findFirst()
                    .orElseThrow()
                    .body();
        }
    }

    Harvest harvest(@Nullable Cursor from) {
        try (PeerSession session = client.open(repository.peer())) {
            return harvest(session, from);
        }
    }

    static Harvest harvest(PeerSession session, @Nullable Cursor from) {
        List<ChangePage.Item> items = new ArrayList<>();
        Set<Guid> deleted = new HashSet<>();
        List<String> remarks = new ArrayList<>();
        Cursor cursor = from;
        ChangePage page;
        do {
            page = session.changes(cursor);
            cursor = page.next();
            items.addAll(page.items());
            deleted.addAll(page.deleted());
            remarks.addAll(page.remarks());
        } while (!page.last());
        return new Harvest(items, deleted, cursor, page.completeness(), remarks, session.requests());
    }

    /** Publishes this number of records, numbered from 1. */
    void publish(int number) {
        for (int i = 1; i <= number; i++) {
            repository.put(id(i), DublinCore.titled("Record " + i).toString());
        }
    }

    static String id(int number) {
        return "oai:repository.example.org:" + number;
    }
}

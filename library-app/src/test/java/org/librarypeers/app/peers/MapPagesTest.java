package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.SyncListener;

class MapPagesTest {

    @Test
    void the_map_shows_the_makers_and_the_peers_of_resources() {
        try (RunningLibrary maker = RunningLibrary.start();
                RunningLibrary relay = RunningLibrary.start();
                RunningLibrary here = RunningLibrary.start()) {
            maker.publishMany(3);
            relay.publishMany(2);
            sync(relay, relay.addPeer(maker));
            relay.library().review().approveAll();
            here.publishMany(1);
            Peer peer = here.addPeer(relay);
            sync(here, peer);
            Peer silent = here.addPeer(maker);
            here.library().storage().peers().save(silent.withActive(false));

            Document page = signedIn(here).get("/map").page();

            assertThat(page.select("#map-table tbody tr").eachText())
                    .containsExactly(
                            "Peer at " + maker.address() + " Peer at " + relay.address() + " 3",
                            "Peer at " + relay.address() + " directly 2",
                            "Peer at " + maker.address() + " directly no longer synced 0");
            assertThat(page.select("svg .here").text()).isEqualTo("Test library Test library one made here");
            assertThat(page.select("svg .maker")).hasSize(1);
            assertThat(page.select("svg .peer")).hasSize(2);
            assertThat(page.select("svg .peer.faded")).hasSize(1);
            // One line leads from the maker to the relay and one from the relay to this library.
            assertThat(page.select("svg path.line")).hasSize(2);
        }
    }

    @Test
    void libraries_with_the_same_name_are_shown_separately() {
        try (RunningLibrary maker = RunningLibrary.start();
                RunningLibrary relay = RunningLibrary.start();
                RunningLibrary here = RunningLibrary.start()) {
            for (RunningLibrary other : List.of(maker, relay)) {
                Peer peer = here.addPeer(other);
                here.library().storage().peers().save(peer.withName("Library"));
            }

            Document page = signedIn(here).get("/map").page();

            assertThat(page.select("svg .peer .name").eachText()).containsExactly("Library", "Library");
        }
    }

    @Test
    void an_empty_map_suggests_the_next_step() {
        try (RunningLibrary here = RunningLibrary.start()) {
            assertThat(signedIn(here).get("/map").page().select(".empty").text())
                    .contains("Add a peer");
        }
    }

    private static PageClient signedIn(RunningLibrary library) {
        PageClient client = new PageClient(library.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
        return client;
    }

    private static void sync(RunningLibrary library, Peer peer) {
        library.library().sync().sync(peer, SyncListener.NONE);
    }
}

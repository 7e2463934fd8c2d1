package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.web.EventReader;
import org.librarypeers.domain.Peer;

/** Tests of previews of syncs in a browser, with real sites and a real database. */
class PreviewPagesTest extends SyncedLibrary {

    private static final int PREVIEWS_AT_ONCE = 3;

    @Test
    void a_preview_shows_the_effect_of_a_sync_and_changes_nothing() {
        Peer peer = peer(site("One", "Two"));
        Document page = admin.get("/peers/" + peer.id() + "/preview").page();

        Document answer = admin.submit(page, "main form[action$=/preview]").page();

        assertThat(answer.select("#preview").text()).contains("Nothing was changed.", "2 New", "3 Requests");
        assertThat(here.library().storage().syncLogs().recent(peer.id(), 1)).isEmpty();
        assertThat(here.library().storage().resources().counts()).isEmpty();
    }

    @Test
    void a_live_preview_ends_with_its_result_and_does_not_restart_by_itself() throws Exception {
        Peer peer = heldPeer();
        String path = "/peers/" + peer.id() + "/preview/events?scope=changes";
        try (EventReader events = admin.events(path)) {
            assertThat(events.next("news")).contains("<progress");
            open.countDown();
            assertThat(events.last("news", "end")).contains("Nothing was changed.", "<b>3</b> New");
        }
        int requests = sites.get(0).requests();

        try (EventReader again = admin.events(path, "Last-Event-ID", "1")) {
            assertThat(again.last("news", "end")).contains("Start it again");
        }
        assertThat(sites.get(0).requests()).isEqualTo(requests);
        assertThat(here.library().storage().syncLogs().recent(peer.id(), 1)).isEmpty();
    }

    @Test
    void a_preview_ends_when_its_client_disconnects() {
        Peer peer = heldPeer();
        String path = "/peers/" + peer.id() + "/preview/events";
        for (int i = 0; i < PREVIEWS_AT_ONCE; i++) {
            assertThat(firstNews(path)).contains("<progress");
        }

        assertThat(firstNews(path)).contains("The maximum number of previews is already running");
        await("room for a preview", () -> firstNews(path).contains("<progress"));

        assertThat(here.library().storage().syncLogs().recent(peer.id(), 1)).isEmpty();
    }

    private String firstNews(String path) {
        try (EventReader events = admin.events(path)) {
            return events.next("news");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.http.FakePeer.Answer;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerThrottledException;
import org.librarypeers.sync.peer.RangeSummary;

/** Tests of requests for digests to peers that answer them, that cannot, and that answer nonsense. */
class DigestRequestTest extends AskingAPeer {

    private static final List<GuidRange> ALL = List.of(GuidRange.ALL);

    @Test
    void rows_and_parts_are_read_with_the_credentials_in_a_header() {
        peer.then(
                Answer.json("{\"ranges\": [{\"rows\": [[\"0b6d1b1c5d6e4c0e9a520f2d8f6f3a11\", \"7\","
                        + " \"2026-11-30T14:02:11\"]]}]}"),
                Answer.json("{\"ranges\": [{\"parts\": [[\"7\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"],"
                        + " [\"\", 4, \"bbbbbbbbbbbbbbbbbbbbbb\"]]}]}"));

        assertThat(session.summaries(ALL, 16).orElseThrow())
                .containsExactly(new RangeSummary.Rows(List.of(new RangeSummary.Row(
                        Guid.of("0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11"), "7", "2026-11-30T14:02:11"))));
        RangeSummary parts = session.summaries(ALL, 128).orElseThrow().get(0);

        assertThat(parts).isInstanceOfSatisfying(RangeSummary.Parts.class, divided -> {
            assertThat(divided.parts()).hasSize(2);
            assertThat(divided.parts().get(1).range().first()).isEqualTo(new Guid(new UUID(0x8000_0000_0000_0000L, 0)));
        });
        assertThat(peer.requests.get(0).uri()).hasToString("/api/v1/resource/digest/?parts=16&ranges=-");
        assertThat(peer.requests.get(0).header("Authorization")).contains(FakePeer.KEY);
        assertThat(session.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 410, 501})
    void a_server_that_does_not_know_the_address_has_no_digests(int status) {
        peer.otherwise(request -> Answer.status(status));

        assertThat(session.summaries(ALL, 16)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"meta\": {}, \"objects\": []}",
                "{\"ranges\": [{\"parts\": [[\"7\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"]]}]}",
                "{\"ranges\": []}",
                "[]"
            })
    void nonsense_of_a_library_is_unreadable(String json) {
        peer.then(Answer.json(EMPTY)).otherwise(request -> Answer.json(json));
        session.changes(null);

        PeerException failure = failure(() -> session.summaries(ALL, 16));

        assertThat(failure.reason()).isEqualTo(PeerTrouble.UNREADABLE);
        assertThat(failure).hasMessageContaining("digests");
    }

    @Test
    void a_refusal_and_a_limit_are_reported_as_for_a_list() {
        peer.then(Answer.status(401));
        assertThat(failure(() -> session.summaries(ALL, 16)).reason()).isEqualTo(PeerTrouble.REFUSED);

        peer.otherwise(request -> Answer.status(429, "Retry-After", "7200"));
        assertThat(failure(() -> session.summaries(ALL, 16))).isInstanceOf(PeerThrottledException.class);
    }

    @Test
    void only_a_cursor_of_the_full_feed_promises_digests() {
        assertThat(client.summarizes(peer.peer(), new Cursor("full:12", null))).isTrue();
        assertThat(client.summarizes(peer.peer(), new Cursor("orb:2016-11-30T01:36:41", null)))
                .isFalse();
    }
}

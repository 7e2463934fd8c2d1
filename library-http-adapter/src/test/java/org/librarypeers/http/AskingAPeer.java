package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** The base class of tests with a client and a scripted peer. */
@Timeout(20)
abstract class AskingAPeer {

    static final String EMPTY =
            "{\"meta\": {\"limit\": 500, \"next\": null, \"offset\": 0, \"total_count\": 0}, \"objects\": []}";
    static final String RESOURCE =
            "{\"id\": 7, \"guid\": \"0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11\", \"title\": \"t\", \"status\":"
                    + " \"approved\"}";

    final FakePeer peer = new FakePeer();
    final Time time = new Time();
    final HttpPeerClient client;
    final PeerSession session;

    AskingAPeer() {
        client = client(Duration.ofSeconds(10));
        session = client.open(peer.peer());
    }

    /** Returns a client that waits only 700 ms for a connection and for an answer. */
    HttpPeerClient impatientClient() {
        return client(Duration.ofMillis(700));
    }

    private HttpPeerClient client(Duration timeout) {
        return HttpPeerClient.builder()
                .clock(time)
                .sleeper(time)
                .userAgent("test library")
                .backoff(Duration.ofMillis(1))
                .requestTimeout(timeout)
                .connectTimeout(timeout)
                .maxBodyBytes(1_000_000)
                .build();
    }

    @AfterEach
    void close() {
        session.close();
        client.close();
        peer.close();
    }

    static PeerException failure(ThrowingCallable question) {
        PeerException failure = catchThrowableOfType(PeerException.class, question);
        assertThat(failure).isNotNull().hasMessageNotContaining(FakePeer.KEY);
        return failure;
    }
}

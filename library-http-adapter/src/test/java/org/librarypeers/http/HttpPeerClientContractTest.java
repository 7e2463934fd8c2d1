package org.librarypeers.http;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.contract.PeerClientContract;
import org.librarypeers.sync.port.PeerClient;

class HttpPeerClientContractTest {

    @Nested
    class With_a_v1_site extends Kept {}

    @Nested
    class With_a_v1_site_that_shows_two_at_once extends Kept {
        @BeforeEach
        void capped() {
            library.maxLimit = 2;
        }
    }

    @Nested
    class With_a_library_of_our_own extends Kept {
        @BeforeEach
        void full() {
            library.fullFeed = true;
        }
    }

    abstract static class Kept extends PeerClientContract {
        final FakeLibrary library = new FakeLibrary();
        private final FakePeer server = new FakePeer().otherwise(library::answer);
        private final HttpPeerClient client = HttpPeerClient.builder()
                .pageSize(3)
                .backoff(Duration.ofMillis(1))
                .build();

        @AfterEach
        void close() {
            client.close();
            server.close();
        }

        @Override
        protected PeerClient client() {
            return client;
        }

        @Override
        protected Peer peer() {
            return server.peer();
        }

        @Override
        protected void publish(Guid guid, ResourceContent content) {
            library.put(guid, content, library.tick());
        }

        @Override
        protected void publishTogether(Map<Guid, ResourceContent> contents) {
            String now = library.tick();
            contents.forEach((guid, content) -> library.put(guid, content, now));
        }

        @Override
        protected void change(Guid guid, ResourceContent content) {
            library.put(guid, content, library.tick());
        }

        @Override
        protected void withdraw(Guid guid) {
            library.hide(guid);
        }
    }
}

package org.librarypeers.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.sync.contract.PeerClientContract;
import org.librarypeers.sync.peer.PeerClient;
import tools.jackson.databind.node.ObjectNode;

class HttpPeerClientContractTest {

    @Nested
    class With_a_v1_site extends Kept {}

    @Nested
    class With_a_v1_site_that_shows_two_at_once extends Kept {
        @BeforeEach
        void capped() {
            site.maxLimit(2);
        }
    }

    abstract static class Kept extends PeerClientContract {
        private static final String RESOURCES = "/api/v1/resource/";

        final ScriptedOrbSite site = new ScriptedOrbSite();
        private final Map<Guid, Long> ids = new HashMap<>();
        private volatile boolean wasLast = true;
        private final HttpPeerClient client = HttpPeerClient.builder()
                .pageSize(3)
                .backoff(Duration.ofMillis(1))
                .build();

        @AfterEach
        void close() {
            client.close();
            site.close();
            assertThat(wasLast).as("the answer that was to come last did").isTrue();
        }

        @Override
        protected PeerClient client() {
            return client;
        }

        @Override
        protected Peer peer() {
            return site.peer(new PeerId(1));
        }

        @Override
        protected void publish(Guid guid, ResourceContent content) {
            ids.put(guid, site.add(guid, resource -> say(resource, content)).id());
        }

        @Override
        protected void publishTogether(Map<Guid, ResourceContent> contents) {
            site.together(() -> contents.forEach(this::publish));
        }

        @Override
        protected void change(Guid guid, ResourceContent content) {
            site.edit(ids.get(guid), resource -> say(resource.withoutParts(), content));
        }

        @Override
        protected void withdraw(Guid guid) {
            site.withdraw(ids.get(guid), "archived");
        }

        @Override
        protected void answerLast(Guid guid, int others) {
            CountDownLatch requested = new CountDownLatch(others);
            site.next(RESOURCES + ids.get(guid) + '/', right -> {
                wasLast = await(requested);
                return right.get();
            });
            site.always(RESOURCES, right -> {
                requested.countDown();
                return right.get();
            });
        }

        private static boolean await(CountDownLatch latch) {
            try {
                return latch.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private static void say(ScriptedResource resource, ResourceContent content) {
            content.title().texts().forEach((language, text) -> resource.text("title", language, text));
            content.description().texts().forEach((language, text) -> resource.text("description", language, text));
            content.attribution().texts().forEach((language, text) -> resource.text("attribution", language, text));
            StudyTime time = content.studyTime();
            resource.set("study_time_number", time.number());
            resource.set(
                    "study_time_unit", time.unit() == null ? null : time.unit().word());
            resource.set(
                    "born_on",
                    content.bornOn() == null
                            ? null
                            : ScriptedResource.time(content.bornOn().time()));
            resource.set("image", content.image());
            content.tags().forEach(tag -> resource.tag(tag.category(), tag.name()));
            content.attachments(AttachmentKind.LINK)
                    .forEach(link -> titled(resource.link(link.guid(), link.url()), link.title()));
            content.attachments(AttachmentKind.FILE)
                    .forEach(file -> titled(resource.file(file.guid(), file.url()), file.title()));
        }

        private static void titled(ObjectNode part, LocalizedText title) {
            title.texts().forEach((language, text) -> part.put("title_" + language.replace('-', '_'), text));
        }
    }
}

package org.librarypeers.oai;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.PeerClientContract;
import org.librarypeers.sync.peer.PeerClient;

class OaiPeerClientContractTest {

    @Nested
    class With_a_repository_that_keeps_deletions extends Harvested {}

    @Nested
    class With_a_repository_that_keeps_no_deletions extends Harvested {
        @BeforeEach
        void forget() {
            repository.deletions = ScriptedRepository.Deletions.NO;
        }
    }

    @Nested
    class With_a_repository_that_writes_only_days extends Harvested {
        @BeforeEach
        void useDays() {
            repository.days = true;
        }
    }

    @Nested
    class With_a_repository_whose_tokens_are_too_long_to_be_stored extends Harvested {
        @BeforeEach
        void pad() {
            repository.padding = " " + "x".repeat(900);
        }
    }

    abstract static class Harvested extends PeerClientContract {
        final ScriptedRepository repository = new ScriptedRepository();
        private final Map<String, Guid> guids = new HashMap<>();
        private final OaiPeerClient client =
                OaiPeerClient.builder().backoff(Duration.ofMillis(1)).build();

        @AfterEach
        void close() {
            client.close();
            repository.close();
        }

        @Override
        protected PeerClient client() {
            return client;
        }

        @Override
        protected Peer peer() {
            return repository.peer();
        }

        @Override
        protected Peer incomplete() {
            return peer().withAccess(new PeerAccess.Orb(PeerHost.of("https://orb.example.org"), null, null));
        }

        @Override
        protected Peer stranger(ApiKey wrong) {
            return peer();
        }

        @Override
        protected boolean requiresCredentials() {
            return false;
        }

        @Override
        protected boolean keepsDeletions() {
            return repository.deletions != ScriptedRepository.Deletions.NO;
        }

        @Override
        protected boolean repeatsLatestDeletions() {
            return true;
        }

        @Override
        protected boolean listsChangesWhileReading() {
            return false;
        }

        @Override
        protected void publish(Guid guid, ResourceContent content) {
            repository.put(identifier(guid), metadata(guid, content));
        }

        @Override
        protected void publishTogether(Map<Guid, ResourceContent> contents) {
            Map<String, String> records = new HashMap<>();
            contents.forEach((guid, content) -> records.put(identifier(guid), metadata(guid, content)));
            repository.putTogether(records);
        }

        @Override
        protected void change(Guid guid, ResourceContent content) {
            publish(guid, content);
        }

        @Override
        protected void withdraw(Guid guid) {
            repository.delete(identifier(guid));
        }

        private static String identifier(Guid guid) {
            return "oai:library.example.org:" + guid;
        }

        private String metadata(Guid guid, ResourceContent content) {
            guids.put(content.title().texts().get("en"), guid);
            DublinCore record = new DublinCore()
                    .add("title", content.title().texts())
                    .add("description", content.description().texts())
                    .add("creator", content.attribution().texts())
                    .add("date", content.bornOn().time().toLocalDate().toString())
                    .add("identifier", "urn:uuid:" + guid);
            content.tags().forEach(tag -> record.add("subject", tag.name()));
            content.attachments(AttachmentKind.LINK).forEach(link -> record.add("identifier", link.url()));
            return record.toString();
        }

        /**
         * Dublin Core has no study time, no pictures and no files. A subject has no category and a link has no title. Nor do links have
         * GUIDs, so these are derived.
         */
        @Override
        protected ResourceContent carried(ResourceContent published) {
            Guid guid = guids.get(published.title().texts().get("en"));
            List<Attachment> links = published.attachments(AttachmentKind.LINK).stream()
                    .map(link -> new Attachment(
                            AttachmentKind.LINK,
                            Guid.ofAttachment(guid, link.url()),
                            LocalizedText.empty(),
                            LocalizedText.empty(),
                            link.url(),
                            0,
                            0))
                    .toList();
            return ResourceContent.titled(published.title())
                    .description(published.description())
                    .attribution(published.attribution())
                    .bornOn(published.bornOn())
                    .tags(published.tags().stream()
                            .map(tag -> Tag.of("Subject", tag.name()))
                            .toList())
                    .attachments(links)
                    .build();
        }
    }
}

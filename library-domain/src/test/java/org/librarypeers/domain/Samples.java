package org.librarypeers.domain;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** Sample values for tests that do not depend on the details. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-02-03T04:05:06.123456Z");
    static final LibraryId HERE = LibraryId.of("b2000000-0000-4000-8000-000000000000");
    static final Instant LATER = NOW.plusSeconds(60);
    static final Guid GUID = Guid.of("7d5a3a5e-0a30-4d6e-9c0e-0d1b6b7c8d9e");
    static final UserName EDITOR = new UserName("amina");

    static final Peer ORB = peer(1, "ORB", "https://orb.example.org");
    static final Peer MALAWI = peer(2, "Malawi Library", "https://malawi.example.org");

    private Samples() {}

    static Peer peer(long id, String name, String host) {
        return Peer.builder()
                .id(new PeerId(id))
                .name(name)
                .host(PeerHost.of(host))
                .credentials("reader", new ApiKey("s3cret"))
                .build();
    }

    static Peer readAgain(Peer peer) {
        return peer.withPublication(PublicationPolicy.REVIEW_EVERYTHING);
    }

    static ResourceContent titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    /** Returns a content with every field set. */
    static ResourceContent full() {
        return ResourceContent.titled(new LocalizedText(Map.of("en", "Safe water", "ar", "ماء آمن")))
                .description(LocalizedText.of("en", "<p onclick=\"x()\">Boil it \uD83D\uDCA7</p>"))
                .attribution(LocalizedText.of("es", "Organización Ñandú"))
                .studyTime(new StudyTime(3, StudyTime.Unit.HOURS))
                .bornOn(BornOn.at(LocalDateTime.parse("2016-05-18T09:30:00.000001")))
                .image("https://orb.example.org/water.png")
                .tags(List.of(Tag.of("Audience", "Midwife"), Tag.of("Topic", "Water")))
                .attachments(List.of(
                        link(1, "https://a.example.org"),
                        link(2, "https://b.example.org"),
                        file(1, "https://orb.example.org/a.pdf"),
                        file(2, "https://orb.example.org/b.pdf")))
                .build();
    }

    static Attachment link(int order, String url) {
        return new Attachment(
                AttachmentKind.LINK,
                Guid.ofAttachment(GUID, url),
                LocalizedText.of("en", "Link"),
                LocalizedText.empty(),
                url,
                order,
                0);
    }

    static Attachment file(int order, String url) {
        return new Attachment(
                AttachmentKind.FILE,
                Guid.ofAttachment(GUID, url),
                LocalizedText.of("en", "File"),
                LocalizedText.empty(),
                url,
                order,
                9);
    }

    static IncomingResource incoming(ResourceContent content) {
        return new IncomingResource(GUID, content, null, null, null);
    }

    static IncomingResource relayed(ResourceContent content, String sourceName, String sourceHost) {
        return new IncomingResource(GUID, content, sourceName, sourceHost, sourceHost + "/resource/view/it");
    }

    static Delivery from(Peer peer) {
        return from(peer, 1, NOW);
    }

    static Delivery from(Peer peer, long run, Instant at) {
        return new Delivery(peer, new SyncLogId(run), HERE, at);
    }

    static Resource local(ResourceContent content) {
        return Resource.create(GUID, content, EDITOR, NOW);
    }

    static Resource adopted(ResourceContent content, Peer peer) {
        return ((Received.New) Resource.adopt(incoming(content), from(peer))).resource();
    }

    /** Returns the resource after the given result, or the resource itself if the result is not an update. */
    static Resource after(Resource resource, Received received) {
        if (received instanceof Received.Followed followed) {
            return followed.resource();
        }
        return received instanceof Received.Updated updated ? updated.resource() : resource;
    }

    static Revision overwritten(Received received) {
        return ((Received.Updated) received).overwritten();
    }

    /** Returns all state of a resource for comparison, because a resource has no {@code equals} of its own. */
    static List<Object> state(Resource resource) {
        return List.of(
                resource.guid(),
                resource.slug(),
                resource.status(),
                resource.origin(),
                resource.revisions(),
                resource.created(),
                resource.updated(),
                resource.review(),
                resource.version());
    }
}

package org.librarypeers.sync.contract;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.storage.AcceptedItem;
import org.librarypeers.sync.storage.HarvestProgress;
import org.librarypeers.sync.storage.QuarantinedItem;
import org.librarypeers.sync.storage.SyncStorage;

/** Sample values for storage tests, both typical and extreme ones. */
public final class Samples {

    /** A time with microseconds. */
    public static final Instant NOON = Instant.parse("2026-03-29T12:00:00.123457Z");

    /** A user name in the form of an e-mail address. */
    public static final UserName AMINA = new UserName("amina@moh.example.org");

    private Samples() {}

    /** Returns content with this English title. */
    public static ResourceContent titled(String title) {
        return ResourceContent.titled(LocalizedText.of("en", title)).build();
    }

    /** Returns a new local resource with this title. */
    public static Resource local(String title) {
        return Resource.create(Guid.random(), titled(title), AMINA, NOON);
    }

    /** Returns a new local resource with this content. */
    public static Resource local(ResourceContent content) {
        return Resource.create(Guid.random(), content, AMINA, NOON);
    }

    /** Returns a new local resource with these tags. */
    static Resource tagged(Tag... tags) {
        return local(titled("Tagged").toBuilder().tags(List.of(tags)).build());
    }

    /** Returns a tag whose texts are in French. */
    static Tag tag(Guid guid, String category, String name, String french) {
        LocalizedText text = LocalizedText.of("fr", french);
        return SampleTag.tag(category, name)
                .guid(guid)
                .categories(LocalizedText.of("fr", "Sujet"))
                .names(text)
                .description(text)
                .summary(text)
                .build();
    }

    /** Returns a resource as a peer sends it, which a third library created. */
    public static IncomingResource incoming(Guid guid, ResourceContent content) {
        return new IncomingResource(
                guid,
                content,
                "Bibliothèque « Santé »",
                "https://orb.example.org",
                "https://orb.example.org/r/1?a=b&c=d");
    }

    /** Returns the resource that a library creates when it accepts this one. It is not saved. */
    public static Resource adopted(IncomingResource incoming, Delivery delivery) {
        return Resource.adopt(incoming, delivery).toSave().orElseThrow();
    }

    /** Returns a message about the end of a run, which names its status. It is the same for each call with this run. */
    public static OutboxMessage announcement(SyncLog run) {
        return new OutboxMessage(
                new UUID(0, run.id().value()),
                OutboxMessage.Channel.WEBHOOK,
                null,
                run.status().word(),
                "{}",
                run.started(),
                run.started().plusSeconds(60),
                0);
    }

    /** Returns a queryable peer. */
    public static Peer peer(PeerId id, String host) {
        return peer(id, "Malawi Library 🇲🇼", host);
    }

    /** Returns a queryable peer with this name. */
    public static Peer peer(PeerId id, String name, String host) {
        return Peer.builder()
                .id(id)
                .name(name)
                .host(PeerHost.of(host))
                .credentials("api_user", new ApiKey("k-" + host))
                .build();
    }

    /** Returns an item that was unreadable once, at noon. */
    public static QuarantinedItem unreadable(String remoteId, @Nullable Guid guid, String detail) {
        QuarantineReason reason = new QuarantineReason(QuarantineReason.Kind.UNREADABLE, detail);
        return new QuarantinedItem(remoteId, guid, "v1", reason, NOON, NOON, 1);
    }

    /** Returns a link that has only an address. */
    public static Attachment link(String url, int order) {
        return SampleAttachment.link(url).order(order).build();
    }

    /** Returns a file that has only an address. */
    public static Attachment file(String url, int order) {
        return SampleAttachment.file(url).order(order).build();
    }

    /** Returns content that uses every field, with values that are difficult for storages. */
    public static ResourceContent hostile() {
        LocalizedText texts = new LocalizedText(Map.of(
                "ar", "غسل اليدين: \u200Fخطوة بخطوة",
                "en", "Hand\u001Fwashing <script>alert('x')</script> & \"quotes\" \\ %s ? $1",
                "pt-br", "Lavagem das mãos\n\ttab and line",
                "zh-hant", "洗手 👩🏽‍⚕️ e\u0301"));
        return ResourceContent.titled(texts.with("fr", endingInEmoji("é", ResourceContent.MAX_TITLE)))
                .description(texts.with("en", "<p onclick=x>" + "long ".repeat(5_000) + "</p>"))
                .attribution(texts)
                .studyTime(new StudyTime(90, StudyTime.Unit.MINS))
                // This local time was skipped in the tests' time zone. It must be stored like any other local time.
                .bornOn(BornOn.at(LocalDateTime.parse("2024-09-29T02:50:00.000001")))
                .image("https://example.org/" + "i".repeat(Attachment.MAX_URL - 20))
                .tags(List.of(
                        SampleTag.tag("Zielgruppe", endingInEmoji("n", Tag.MAX_NAME))
                                .categories(texts)
                                .names(texts)
                                .description(texts)
                                .summary(texts)
                                .image("x:y")
                                .build(),
                        Tag.of(endingInEmoji("c", Tag.MAX_NAME), "O'Reilly; drop table resource; --"),
                        Tag.of("audience", "قابلة"),
                        Tag.of("Audience", "قابلة")))
                .attachments(List.of(
                        SampleAttachment.link("javascript:alert(1)")
                                .title(texts)
                                .description(texts)
                                .order(7)
                                .size(Long.MAX_VALUE)
                                .build(),
                        link("https://example.org/" + "l".repeat(Attachment.MAX_URL - 20), Integer.MIN_VALUE),
                        link("second of two with one order", 3),
                        link("first of two with one order", 3),
                        SampleAttachment.file("https://example.org/a b.pdf")
                                .title(texts)
                                .description(texts)
                                .order(Integer.MAX_VALUE)
                                .size(1)
                                .build(),
                        file("ftp://example.org/🩺.zip", 0)))
                .build();
    }

    private static String endingInEmoji(String filler, int length) {
        return filler.repeat(length - 2) + "🩺";
    }

    /** Returns the progress of a batch that accepted only these versions. */
    static HarvestProgress progress(@Nullable Cursor cursor, Map<Guid, String> accepted) {
        Map<Guid, AcceptedItem> all = new HashMap<>();
        accepted.forEach((guid, version) -> all.put(guid, new AcceptedItem("/" + guid, version, false)));
        return SampleProgress.progress().cursor(cursor).accepted(all).build();
    }

    /** Returns the versions of these resources that were last accepted from the peer. */
    static Map<Guid, String> versions(SyncStorage storage, PeerId peer, Collection<Guid> guids) {
        Map<Guid, String> versions = new HashMap<>();
        storage.harvest().accepted(peer, guids).forEach((guid, accepted) -> versions.put(guid, accepted.version()));
        return versions;
    }

    /** Returns the delivery of a run from this peer to the library, at noon. */
    static Delivery delivery(SyncStorage to, Peer from, SyncLogId run) {
        return new Delivery(from, run, to.id(), NOON);
    }
}

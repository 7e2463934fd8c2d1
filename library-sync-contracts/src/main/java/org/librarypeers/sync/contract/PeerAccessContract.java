package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.librarypeers.sync.contract.Fetching.fetch;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerException;
import org.librarypeers.sync.peer.PeerSession;

/** The part of {@link PeerClientContract} about access to a peer, connection checks, and the end of a session. */
abstract class PeerAccessContract implements Contract {

    /** Returns a client that reads at most three resources per page. */
    protected abstract PeerClient client();

    /** Returns the peer, queryable, with credentials that it accepts. */
    protected abstract Peer peer();

    /** Makes the peer offer a new resource, dated with the peer's time, which advances with each call. */
    protected abstract void publish(Guid guid, ResourceContent content);

    /** Makes the peer offer new resources that share one update date. */
    protected abstract void publishTogether(Map<Guid, ResourceContent> contents);

    /** Changes the content of a resource that the peer offers, dated with the peer's time. */
    protected abstract void change(Guid guid, ResourceContent content);

    /** Makes the peer stop showing a resource. */
    protected abstract void withdraw(Guid guid);

    /** Returns whether the feed of the peer says which resources it no longer shows. Existing sites do not. */
    protected boolean keepsDeletions() {
        return false;
    }

    /**
     * Makes the peer hold its answer for this resource until the bodies of that many others were requested. The test of
     * a client that requests one body at a time does nothing here.
     */
    protected void answerLast(Guid guid, int others) {}

    /** Returns whether the peer requires credentials. */
    protected boolean requiresCredentials() {
        return true;
    }

    /** Returns the peer without something that the client needs to read it, such as its API key. */
    protected Peer incomplete() {
        return peer().withCredentials(peer().apiUser(), null);
    }

    /**
     * Returns the peer with a wrong key. A peer that is read without a key is its own stranger; its test also says so by
     * {@link #requiresCredentials}.
     */
    protected Peer stranger(ApiKey wrong) {
        return peer().withCredentials(peer().apiUser(), wrong);
    }

    /** Returns whether a session shows the peer as it was when the session was opened, such as one with a file. */
    protected boolean isSnapshot() {
        return false;
    }

    /**
     * Returns whether a session also lists what changes while it reads. If it does not, the session that follows it does. A session with a
     * snapshot does not.
     */
    protected boolean listsChangesWhileReading() {
        return !isSnapshot();
    }

    /**
     * Returns what remains of a content that the peer publishes in the form in which it publishes. By default, everything. A format
     * that has no place for some parts, such as Dublin Core, says here exactly what arrives instead.
     */
    protected ResourceContent carried(ResourceContent published) {
        return published;
    }

    /** Returns whether a list that begins at a cursor repeats the latest deletions before it. */
    protected boolean repeatsLatestDeletions() {
        return false;
    }

    @Override
    public Object adapter() {
        return client();
    }

    @Test
    void opening_a_peer_that_is_not_queryable_is_rejected() {
        Peer inactive = peer().withActive(false);

        assertThatThrownBy(() -> client().open(inactive)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wrong_key_is_reported_without_the_key() {
        publish(1);
        ApiKey wrong = new ApiKey("f".repeat(40));
        Peer stranger = stranger(wrong);
        try (PeerSession session = client().open(stranger)) {
            if (requiresCredentials()) {
                PeerException refused = catchThrowableOfType(PeerException.class, () -> session.changes(null));
                assertThat(refused.reason()).isEqualTo(PeerTrouble.REFUSED);
                assertThat(refused)
                        .hasMessageNotContaining(wrong.secret())
                        .message()
                        .isNotBlank();
            } else {
                assertThat(session.changes(null).items()).hasSize(1);
            }
        }
    }

    @Test
    void a_check_shows_the_number_of_resources_and_pages() {
        assertThat(client().check(peer()).approved()).isIn(-1, 0);
        List<Guid> published = List.copyOf(publish(9).keySet());
        withdraw(published.get(0));

        PeerCheck check = client().check(peer());

        assertThat(check.approved()).isIn(-1, 8);
        assertThat(check.pages()).isBetween(check.approved() < 0 ? -1 : 3, pages());
        try (PeerSession session = client().open(peer())) {
            assertThat(session.changes(null).items())
                    .allSatisfy(item -> assertThat(item.body() != null).isEqualTo(check.fullFeed()));
        }
    }

    @Test
    void an_inactive_peer_can_be_checked_and_a_peer_without_a_key_cannot() {
        assertThat(client().check(peer().withActive(false)).approved()).isIn(-1, 0);
        assertThatThrownBy(() -> client().check(incomplete())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_check_with_a_wrong_key_is_reported_without_the_key() {
        ApiKey wrong = new ApiKey("f".repeat(40));
        Peer stranger = stranger(wrong);
        if (requiresCredentials()) {
            PeerException refused = catchThrowableOfType(PeerException.class, () -> client().check(stranger));
            assertThat(refused.reason()).isEqualTo(PeerTrouble.REFUSED);
            assertThat(refused).hasMessageNotContaining(wrong.secret());
        } else {
            assertThat(client().check(stranger).approved()).isIn(-1, 0);
        }
    }

    @Test
    void a_stopped_session_sends_no_further_requests() {
        publish(4);
        try (PeerSession session = client().open(peer())) {
            ChangePage page = session.changes(null);
            List<ChangePage.Item> bare = page.items().stream()
                    .map(item -> new ChangePage.Item(item.remoteId(), item.guid(), item.version(), null))
                    .toList();
            int asked = session.requests();

            session.stop();

            assertStopped(() -> session.changes(page.next()));
            assertStopped(() -> fetch(session, bare));
            assertThat(session.requests()).isEqualTo(asked);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static void assertStopped(ThrowingCallable request) {
        PeerException stopped = catchThrowableOfType(PeerException.class, request);
        assertThat(stopped.reason()).isEqualTo(PeerTrouble.STOPPED);
    }

    @Test
    void closing_twice_has_no_effect() {
        PeerSession session = client().open(peer());
        session.changes(null);
        session.close();

        assertThatCode(session::close).doesNotThrowAnyException();
    }

    /** Returns the number of pages that a first sync reads. */
    private int pages() {
        try (PeerSession session = client().open(peer())) {
            int pages = 1;
            for (ChangePage page = session.changes(null); !page.last(); page = session.changes(page.next())) {
                pages++;
            }
            return pages;
        }
    }

    /** Publishes this number of new resources, and returns their contents by GUID in the order of publication. */
    final Map<Guid, ResourceContent> publish(int number) {
        Map<Guid, ResourceContent> published = new LinkedHashMap<>();
        for (int i = 0; i < number; i++) {
            Guid guid = Guid.random();
            published.put(guid, content("resource " + i));
            publish(guid, published.get(guid));
        }
        return published;
    }

    /** Returns content with a value in every part. Equal titles give equal content. */
    static ResourceContent content(String title) {
        Tag tag = Tag.of("Audience", "Midwife");
        Tag named = SampleTag.tag(tag.category(), tag.name())
                .guid(tag.guid())
                .categories(LocalizedText.of("en", "Audience"))
                .names(LocalizedText.of("en", "Midwife"))
                .build();
        return ResourceContent.titled(new LocalizedText(Map.of("en", title, "es", "título 🧼 " + title)))
                .description(LocalizedText.of("en", "<p>" + title + " &amp; <b>\"غسل اليدين\"</b></p>"))
                .attribution(LocalizedText.of("en", "Somebody"))
                .studyTime(new StudyTime(15, StudyTime.Unit.MINS))
                .bornOn(BornOn.at(LocalDateTime.of(2018, 11, 20, 0, 0)))
                .image("https://orb.example.org/media/water.png")
                .tags(List.of(named))
                .attachments(List.of(
                        SampleAttachment.link("https://example.org/?a=1&b=ñ")
                                .guid(guidOf(title + " link"))
                                .title("Page")
                                .build(),
                        SampleAttachment.file("https://example.org/a.pdf")
                                .guid(guidOf(title + " file"))
                                .title(LocalizedText.of("es", "Hoja"))
                                .build()))
                .build();
    }

    private static Guid guidOf(String name) {
        return Guid.ofTag("test", name);
    }
}

package org.librarypeers.app.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.contract.Await;

/** Two libraries, of which a curator signs in to one, and which follows the other. */
@Timeout(180)
abstract class CuratedLibraries {

    private static final String PASSWORD = "the boss's own password";
    static final Tag WATER = Tag.of("Topic", "Water");

    final RunningLibrary other = RunningLibrary.start("Other library");
    final RunningLibrary here = RunningLibrary.start();
    Peer peer;
    PageClient boss;

    @BeforeEach
    void signIn() {
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        boss = new PageClient(here.address());
        boss.signIn("boss", PASSWORD);
        peer = here.addPeer(other);
    }

    @AfterEach
    void close() {
        here.close();
        other.close();
    }

    static ResourceContent content(String title, Tag... tags) {
        return ResourceContent.titled(LocalizedText.of("en", title))
                .tags(List.of(tags))
                .build();
    }

    final SyncTally sync() {
        SyncTally tally =
                here.library().sync().sync(peer, SyncListener.NONE).log().tally();
        here.library().review().approveAll();
        return tally;
    }

    final Resource found(Guid guid) {
        return here.library().storage().resources().find(guid).orElseThrow();
    }

    final List<Tag.Key> tags(Guid guid) {
        return found(guid).content().tags().stream().map(Tag::key).toList();
    }

    final void awaitChanges() {
        Await.await(
                "the changes reach all resources",
                () -> here.library().storage().curation().unfinished().isEmpty());
    }

    final PageClient.Answer submit(Document page, String form, String... fields) {
        PageClient.Answer answer = boss.submit(page, form, fields);
        assertThat(answer.status()).as(answer.page().text()).isEqualTo(303);
        return answer;
    }

    final String category(String name) {
        return "/categories/"
                + here.library()
                        .storage()
                        .curation()
                        .category(name)
                        .orElseThrow()
                        .id();
    }
}

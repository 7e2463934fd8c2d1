package org.librarypeers.app.review;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncScope;
import org.librarypeers.sync.contract.Samples;

/** A library with a reviewer and one peer, both empty before each test. Test classes that extend it run one by one. */
@ResourceLock("the reviewed library")
abstract class ReviewedLibrary {

    static final UserName EDITOR = new UserName("editor");

    static RunningLibrary maker;
    static RunningLibrary here;
    static Peer peer;

    final ReviewService review = here.library().review();
    PageClient client;

    @BeforeAll
    static void start() {
        maker = RunningLibrary.start();
        here = RunningLibrary.start();
        peer = here.addPeer(maker);
    }

    @AfterAll
    static void stop() {
        here.close();
        maker.close();
    }

    @BeforeEach
    void beginEmpty() {
        maker.removeResources();
        here.removeResources();
        here.execute("truncate harvest, offer, quarantined_item");
        client = new PageClient(here.address());
        client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
    }

    static ResourceContent content(String title) {
        return Samples.titled(title);
    }

    static Resource pending(String title) {
        return pending(Guid.random(), content(title));
    }

    static Resource pending(Guid guid, ResourceContent content) {
        here.library()
                .storage()
                .resources()
                .save(Resource.create(
                        guid, content, EDITOR, here.library().clock().instant()));
        return find(guid);
    }

    static Resource find(Guid guid) {
        return here.library().storage().resources().find(guid).orElseThrow();
    }

    static void sync(SyncScope scope) {
        here.library().sync().sync(peer, scope, SyncListener.NONE);
    }

    /** Publishes a resource at the maker, syncs it to this library and returns its GUID. */
    static Guid brought(ResourceContent content) {
        Guid guid = maker.publish(Guid.random(), content).guid();
        sync(SyncScope.CHANGES);
        return guid;
    }

    /** Changes the content of a resource at the maker. */
    static void change(Guid guid, ResourceContent content) {
        Resource resource = maker.library().storage().resources().find(guid).orElseThrow();
        maker.library()
                .storage()
                .resources()
                .save(resource.edit(content, EDITOR, maker.library().clock().instant()));
        sync(SyncScope.CHANGES);
    }

    static List<String> titles(Document page) {
        return page.select("[data-entry] h2").eachText();
    }

    static String path(Guid guid) {
        return "/review/" + guid;
    }
}

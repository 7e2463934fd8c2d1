package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.contract.Samples;

/** The base of the tests that count the statements of pages. */
abstract class StatementCounting {

    static final int PAGE = 500;

    final CountingDataSource counting =
            new CountingDataSource(TestDatabase.shared().pool());
    JpaStorage storage;

    @BeforeEach
    void begin() {
        TestDatabase.sharedStorage();
        storage = TestDatabase.shared().storage().dataSource(counting).build();
        // Runs the statements that are executed once per process, so that they are not counted.
        storage.resources().save(Samples.local(Samples.hostile()));
        storage.catalogue().index(PAGE);
        counting.executed();
    }

    @AfterEach
    void end() {
        storage.close();
    }

    static List<Resource> page(int number) {
        List<Resource> page = new ArrayList<>();
        for (int i = 0; i < PAGE; i++) {
            Guid guid = Guid.random();
            page.add(Resource.create(guid, content("Resource " + number + "/" + i, guid), Samples.AMINA, Samples.NOON));
        }
        return page;
    }

    /** Returns a content with two links, one file, and five tags from a vocabulary of one hundred. */
    static ResourceContent content(String title, Guid owner) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tags.add(Tag.of("Category " + i, "Tag " + Math.floorMod(title.hashCode(), 20)));
        }
        return Samples.titled(title).toBuilder()
                .tags(tags)
                .attachments(List.of(
                        link(owner, "https://example.org/1"),
                        link(owner, "https://example.org/2"),
                        file(owner, "https://example.org/3")))
                .build();
    }

    private static Attachment link(Guid owner, String url) {
        return Samples.link(url, 0).withGuid(Guid.ofAttachment(owner, url));
    }

    private static Attachment file(Guid owner, String url) {
        return Samples.file(url, 0).withGuid(Guid.ofAttachment(owner, url));
    }
}

package org.librarypeers.sync.contract;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.Source;

/** Contract tests of a review queue that is filtered by the tags of the vocabulary. */
@Timeout(60)
abstract class InboxTagContract extends WaitingOfferContract<LibraryStorage> {

    private static final Tag WATER = Tag.of("Topic", "ماء 💧");

    @Test
    void waiting_resources_are_filtered_by_tag() {
        ResourceContent content = ResourceContent.titled(LocalizedText.of("ar", "مياه آمنة"))
                .tags(List.of(WATER, Tag.of("Audience", "ممرضة")))
                .build();
        Guid ours = saved(Samples.local(content)).guid();
        Guid theirs = saved(received(peer, Guid.random(), content)).guid();
        saved(sent(peer, "Plain"));
        changed(saved(received(other, Guid.random(), content).approve(Samples.NOON)));
        withdraw(peer, Set.of(theirs), Set.of());
        long water = storage.tags().findOrAdd(WATER).id();

        assertWaits(new InboxFilter(null, water, null), List.of(ours, theirs), 0, 1);
        assertWaits(new InboxFilter(new Source.Followed(peer.id()), water, "ar"), List.of(theirs), 0, 1);
        assertWaits(new InboxFilter(null, water + 1_000_000, null), List.of(), 0, 0);
    }
}

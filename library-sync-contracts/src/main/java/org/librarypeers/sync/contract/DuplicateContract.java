package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.curation.DuplicateRepository;
import org.librarypeers.sync.curation.DuplicateRepository.Group;
import org.librarypeers.sync.curation.DuplicateRepository.Reason;
import org.librarypeers.sync.curation.DuplicateRepository.Redirect;

/** Contract tests of {@link DuplicateRepository}. */
@Timeout(60)
abstract class DuplicateContract extends LibraryContract {

    private void index() {
        while (storage.catalogue().index(2) > 0) {
            // Goes on with the next resources.
        }
    }

    private Resource titled(String title, String... links) {
        List<Attachment> all = new ArrayList<>();
        for (String link : links) {
            all.add(Samples.link(link, all.size()));
        }
        return saved(
                Samples.local(Samples.titled(title).toBuilder().attachments(all).build()));
    }

    private List<Group> groups() {
        index();
        List<Group> all = new ArrayList<>();
        @Nullable String after = null;
        while (true) {
            List<Group> page = storage.duplicates().groups(after, 1);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.get(0).key();
        }
    }

    @Test
    void resources_with_nearly_the_same_title_or_the_same_link_are_found() {
        Resource one = titled("Hand-washing, étape 1!", "https://www.example.org/a/?utm_source=x#top");
        Resource two = titled("hand washing   ETAPE 1");
        Resource three = titled("Another guide", "http://Example.org/a");
        titled("Yet another guide", "https://example.org/");
        titled("And one more guide", "https://example.org");

        assertThat(groups())
                .extracting(Group::reason, Group::resources)
                .containsExactlyInAnyOrder(
                        tuple(Reason.TITLE, List.of(one.guid(), two.guid())),
                        tuple(Reason.LINK, List.of(one.guid(), three.guid())));
        assertThat(storage.duplicates().groupsOf(one.guid())).hasSize(2);
    }

    @Test
    void a_group_ends_when_a_resource_changes_or_is_archived_or_when_it_is_dismissed() {
        Resource one = titled("Safe drinking water");
        Resource two = titled("Safe drinking water!");
        assertThat(groups()).hasSize(1);

        storage.resources().save(two.edit(Samples.titled("Safe injections"), Samples.AMINA, Samples.NOON));
        assertThat(groups()).isEmpty();
        storage.resources()
                .save(found(two.guid()).edit(Samples.titled("SAFE DRINKING WATER"), Samples.AMINA, Samples.NOON));
        Group group = groups().get(0);
        storage.duplicates().dismiss(group.key());
        storage.duplicates().dismiss("no key");
        assertThat(groups()).isEmpty();
        assertThat(storage.duplicates().groupsOf(one.guid())).isEmpty();

        Resource three = titled("Safe: drinking water");
        assertThat(groups())
                .extracting(Group::resources)
                .containsExactly(List.of(one.guid(), two.guid(), three.guid()));
        storage.resources().save(found(two.guid()).reject(Samples.NOON));
        storage.resources().save(three.approve(Samples.NOON));
        storage.resources().save(found(three.guid()).archive(Samples.NOON));
        assertThat(groups()).isEmpty();
    }

    @Test
    void the_last_redirect_from_a_resource_counts() {
        Guid from = Guid.random();
        Redirect first = new Redirect(from, Guid.random(), Samples.AMINA, Samples.NOON);
        Redirect second = new Redirect(from, Guid.random(), Samples.AMINA, Samples.NOON.plusSeconds(1));
        assertThat(storage.duplicates().redirect(from)).isEmpty();

        storage.duplicates().redirect(first);
        storage.duplicates().redirect(second);
        assertThat(storage.duplicates().redirect(from)).contains(second);

        storage.duplicates().removeRedirect(from);
        assertThat(storage.duplicates().redirect(from)).isEmpty();
    }
}

package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;

/** Contract tests of transactions that include more than syncs and reviews. */
@Timeout(60)
abstract class LibraryTransactionContract extends LibraryContract {

    @Test
    void if_the_work_throws_no_account_is_saved() {
        Resource resource = Samples.local("Undone");

        assertThatIllegalStateException()
                .isThrownBy(() -> storage.inTransaction(() -> {
                    storage.resources().save(resource);
                    storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", new ApiKey("key"));
                    throw new IllegalStateException("undo");
                }));

        assertThat(storage.accounts().all()).isEmpty();
        assertThat(storage.resources().find(resource.guid())).isEmpty();
    }

    @Test
    void saved_resources_are_in_the_catalogue_within_the_transaction() {
        Resource resource = Samples.local(Samples.hostile());

        storage.inTransaction(() -> {
            approved(resource);
            Resource read = found(resource.guid());
            storage.resources().save(read.edit(Samples.titled("Edited"), Samples.AMINA, Samples.NOON));
            assertThat(entry(resource.guid()).resource().content()).isEqualTo(Samples.titled("Edited"));
        });
    }
}

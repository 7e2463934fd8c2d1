package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract tests of {@link org.librarypeers.sync.library.SettingRepository}. */
@Timeout(60)
abstract class SettingContract extends LibraryContract {

    @Test
    void a_setting_replaces_an_earlier_one_and_can_be_removed() {
        assertThat(storage.settings().all()).isEmpty();

        storage.settings().put("name", "مكتبة المقاطعة 💧 <b>&amp;");
        storage.settings().put("about.pt-br", "Água\n\n" + "long ".repeat(5_000));
        storage.settings().put("name", "District library");
        storage.settings().put("contact", "");

        assertThat(storage.settings().all()).containsOnlyKeys("about.pt-br", "contact", "name");
        assertThat(storage.settings().all().keySet()).containsExactly("about.pt-br", "contact", "name");
        assertThat(storage.settings().all())
                .containsEntry("name", "District library")
                .containsEntry("contact", "")
                .containsEntry("about.pt-br", "Água\n\n" + "long ".repeat(5_000));

        storage.settings().remove("name");
        storage.settings().remove("name");
        assertThat(storage.settings().all()).containsOnlyKeys("about.pt-br", "contact");
    }

    @Test
    void a_transaction_that_fails_changes_no_setting() {
        storage.settings().put("name", "Before");

        assertThatIllegalStateException()
                .isThrownBy(() -> storage.inTransaction(() -> {
                    storage.settings().put("name", "After");
                    storage.settings().put("contact", "library@example.org");
                    assertThat(storage.settings().all()).hasSize(2);
                    throw new IllegalStateException("undo");
                }));

        assertThat(storage.settings().all()).containsOnlyKeys("name").containsEntry("name", "Before");
    }

    @Test
    void locked_settings_cannot_be_changed_by_another_transaction() throws Exception {
        assertThatIllegalStateException().isThrownBy(() -> storage.settings().allForUpdate());
        CountDownLatch locked = new CountDownLatch(1);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> {
            await(locked);
            return storage.inTransaction(() -> {
                String seen = storage.settings().allForUpdate().get("name");
                storage.settings().put("name", seen + " and second");
                return seen;
            });
        });

        storage.inTransaction(() -> {
            assertThat(storage.settings().allForUpdate()).isEmpty();
            locked.countDown();
            storage.settings().put("name", "First");
        });

        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("First");
        assertThat(storage.settings().all()).containsEntry("name", "First and second");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

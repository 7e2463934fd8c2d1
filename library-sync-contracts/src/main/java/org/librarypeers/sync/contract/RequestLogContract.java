package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;

/** Contract tests of {@link org.librarypeers.sync.accounts.RequestLog}. */
@Timeout(60)
public abstract class RequestLogContract extends StorageContract {

    private static final UserName JUMA = new UserName("juma");

    @BeforeEach
    void addAccounts() {
        storage.accounts().add(new Account(Samples.AMINA, null, Role.MEMBER), "hash", new ApiKey("amina's key"));
        storage.accounts().add(new Account(JUMA, null, Role.MEMBER), "hash", new ApiKey("juma's key"));
    }

    @Test
    void the_times_of_an_account_are_told_the_earliest_first() {
        for (int second : new int[] {3, 1, 2, 2}) {
            storage.requests().add(Samples.AMINA, at(second), at(0));
        }
        storage.requests().add(JUMA, at(4), at(0));

        assertThat(storage.requests().times(Samples.AMINA, at(0), 10)).containsExactly(at(1), at(2), at(2), at(3));
        assertThat(storage.requests().times(Samples.AMINA, at(1), 10)).containsExactly(at(2), at(2), at(3));
        assertThat(storage.requests().times(Samples.AMINA, at(0), 2)).containsExactly(at(1), at(2));
        assertThat(storage.requests().times(new UserName("nobody"), at(0), 10)).isEmpty();
    }

    @Test
    void what_no_longer_matters_is_forgotten() {
        storage.requests().add(Samples.AMINA, at(1), at(0));
        storage.requests().add(JUMA, at(1), at(0));
        storage.requests().add(Samples.AMINA, at(2), at(0));

        storage.requests().add(Samples.AMINA, at(3), at(1));

        assertThat(storage.requests().times(Samples.AMINA, at(0), 10)).containsExactly(at(2), at(3));
        assertThat(storage.requests().times(JUMA, at(0), 10)).containsExactly(at(1));
    }

    private static Instant at(int second) {
        return Samples.NOON.plusSeconds(second);
    }
}

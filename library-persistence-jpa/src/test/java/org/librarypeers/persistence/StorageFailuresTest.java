package org.librarypeers.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

class StorageFailuresTest {

    @Test
    void a_connection_that_the_pool_has_closed_is_an_outage_and_no_error_of_the_program() {
        SQLException closed = new SQLException("Connection is closed");

        assertThat(StorageFailures.storage("the transaction could not be committed", closed))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessageContaining("the connection to the database was lost");
        assertThat(StorageFailures.isConnectionLost(closed)).isTrue();
    }

    @Test
    void another_failure_without_a_state_is_no_outage() {
        assertThat(StorageFailures.storage("the database rejected the operation", new SQLException("odd")))
                .isInstanceOf(StorageException.class)
                .isNotInstanceOf(StorageUnavailableException.class);
    }
}

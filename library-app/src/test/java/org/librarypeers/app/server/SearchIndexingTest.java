package org.librarypeers.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.contract.Await;
import org.librarypeers.sync.contract.Samples;

/** Tests that a server adds saved resources to the search index, and that the search page says if it has not yet. */
@Timeout(60)
class SearchIndexingTest {

    private static final int MANY = 250;

    private static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_server_indexes_what_was_saved_in_bulk() {
        List<Resource> resources = IntStream.range(0, MANY)
                .mapToObj(number -> Samples.local("Malaria " + number).approve(Samples.NOON))
                .toList();

        running.library().storage().resources().save(resources);

        Await.await(
                "the server indexes every resource",
                () -> running.texts("select 1 from search_backlog").isEmpty());
        PageClient.Answer found = new PageClient(running.address()).get("/search?q=malaria");
        assertThat(found.page().selectFirst("#found").text()).contains("250");
        assertThat(found.page().select("#found + .hint")).isEmpty();
    }

    @Test
    void the_search_page_says_how_many_resources_cannot_be_found_yet() throws SQLException {
        Resource soap = running.publish("Soap");
        try (Connection connection = running.connect();
                Statement statement = connection.createStatement()) {
            holdInBacklog(soap, connection, statement);

            PageClient reader = new PageClient(running.address());
            assertThat(reader.get("/search?q=water")
                            .page()
                            .select("#found + .hint")
                            .eachText())
                    .containsExactly(
                            "One recently saved resource cannot be found by words yet. Search again in a minute.");
            assertThat(reader.get("/search").page().select("#found + .hint")).isEmpty();
        }
    }

    /** Locks the resource in the backlog, as a transaction that saves it does. The server may index it before. */
    private static void holdInBacklog(Resource resource, Connection connection, Statement statement)
            throws SQLException {
        connection.setAutoCommit(false);
        String id = "(select id from resource where guid = '" + resource.guid() + "')";
        boolean held = false;
        while (!held) {
            statement.execute("insert into search_backlog values (" + id + ") on conflict do nothing");
            connection.commit();
            try (ResultSet rows =
                    statement.executeQuery("select 1 from search_backlog where resource_id = " + id + " for update")) {
                held = rows.next();
            }
        }
    }
}

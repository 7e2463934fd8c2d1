package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.librarypeers.app.HomeServer;
import org.librarypeers.app.peers.SmallRepository;
import tools.jackson.databind.JsonNode;

/** Tests of the commands for peers that are OAI-PMH repositories. */
class RepositoryCommandsTest {

    @TempDir
    private static Path home;

    private static HomeServer server;
    private static SmallRepository repository;

    @BeforeAll
    static void start() throws IOException {
        server = HomeServer.start(home);
        repository = SmallRepository.start();
    }

    @AfterAll
    static void stop() {
        repository.close();
        server.close();
    }

    private static CommandAnswer run(String... args) {
        return CommandAnswer.of(CommandAnswer.at(home, args));
    }

    private static CommandAnswer succeeded(CommandAnswer answer) {
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer;
    }

    @Test
    void a_repository_is_added_synced_and_edited() {
        CommandAnswer added = succeeded(run(
                "add_peer",
                repository.url(),
                "--kind=oai",
                "--name=University",
                "--oai-map=type=nothing",
                "--publication=review-everything",
                "--archive-withdrawn"));
        assertThat(added.out()).contains("University, " + repository.url());
        assertThat(succeeded(run("add_peer", repository.url(), "--kind=oai", "--name=Other")))
                .isEqualTo(added);
        JsonNode peer = succeeded(run("list_peers", "--json")).json().get(0);
        assertThat(peer.path("access").asString()).isEqualTo("oai");
        assertThat(peer.path("repository").asString()).isEqualTo(repository.url());
        assertThat(peer.path("mapping").asString()).isEqualTo("type=nothing");
        assertThat(peer.path("queryable").asBoolean()).isTrue();
        assertThat(peer.path("publication").asString()).isEqualTo("review_everything");
        assertThat(peer.path("archive_withdrawn").asBoolean()).isTrue();

        JsonNode run = succeeded(run("sync_peer_resources", "--json")).json().get(0);
        assertThat(run.path("new_resources").asInt()).isEqualTo(2);
        assertThat(run("doctor").out()).contains("University at " + repository.url() + ": 2 resources");

        String id = peer.path("id").asString();
        assertThat(succeeded(run("edit_peer", id, "--oai-set=water", "--oai-map="))
                        .out())
                .contains("?set=water");
        JsonNode edited = succeeded(run("list_peers", "--json")).json().get(0);
        assertThat(edited.path("set").asString()).isEqualTo("water");
        assertThat(edited.path("mapping").asString()).isEmpty();
        assertThat(run("edit_peer", id, "--user=us").err()).contains("needs no account");
        assertThat(run("edit_peer", id, "--oai-prefix=a b").err()).contains("metadata format");
    }

    @Test
    void options_of_the_other_kind_are_wrong_usage() {
        assertThat(run("add_peer", "https://a.example.org/oai", "--kind=oai", "--name=A", "--user=u", "--key=k")
                        .code())
                .isEqualTo(2);
        assertThat(run("add_peer", "https://a.example.org", "--name=A", "--user=u", "--key=k", "--oai-set=x")
                        .code())
                .isEqualTo(2);
        assertThat(run("add_peer", "https://a.example.org", "--kind=other", "--name=A")
                        .code())
                .isEqualTo(2);
    }
}

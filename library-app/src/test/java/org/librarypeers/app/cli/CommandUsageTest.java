package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the commands and options that exist, and of the answers to wrong ones. */
class CommandUsageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bogus",
                "serve --bogus",
                "add_peer http://a.example.org --name A --user u",
                "add_peer http://a.example.org --user u --key k",
                "create_user x --role king --password-stdin",
                "review",
                "review approve",
                "sync_peer_resources one",
                "history",
                "restore 4a1e0000-0000-4000-8000-000000000000",
                "restore 4a1e0000-0000-4000-8000-000000000000 first",
                "remove_peer",
                "edit_peer --active"
            })
    void wrong_usage_is_reported_in_two_lines_and_exits_with_2(String line) {
        CommandAnswer answer = CommandAnswer.of(line.split(" "));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).startsWith("library: ").hasLineCount(2);
        assertThat(answer.err().lines().toList().get(1))
                .matches("Try 'library[ a-z_]* --help' for more information\\.");
        assertThat(answer.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve",
                "add_peer",
                "list_peers",
                "edit_peer",
                "remove_peer",
                "sync_peer_resources",
                "create_user",
                "api_key",
                "api_write",
                "import",
                "export",
                "review",
                "history",
                "restore",
                "sync_log"
            })
    void every_command_exists_and_has_an_alias_with_hyphens(String name) {
        CommandAnswer answer = CommandAnswer.of(name, "--help");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("Usage: library " + name);
        assertThat(CommandAnswer.of(name.replace('_', '-'), "--help")).isEqualTo(answer);
    }

    @Test
    void a_mistyped_option_is_reported_in_two_lines() {
        assertThat(CommandAnswer.of("serve", "--prt=8080").err().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("library: Unknown option: '--prt=8080'");
        assertThat(CommandAnswer.of().err())
                .contains("Try 'library --help' for more information.")
                .hasLineCount(2);
    }

    @Test
    void an_invalid_role_is_reported_with_the_valid_ones() {
        CommandAnswer answer = CommandAnswer.of("create_user", "x", "--role", "boss", "--password-stdin");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("'boss' is not a role; use admin, reviewer, contributor or member");
    }
}

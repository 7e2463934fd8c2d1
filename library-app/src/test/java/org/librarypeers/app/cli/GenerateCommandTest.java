package org.librarypeers.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the manual page and of the completion scripts that the packages contain. */
class GenerateCommandTest {

    @TempDir
    private Path directory;

    @Test
    void the_manual_page_describes_the_commands_and_their_options_without_hidden_ones() {
        CommandAnswer answer = CommandAnswer.of("generate", "manual");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .startsWith(".TH \"LIBRARY\" \"1\"")
                .contains(".SS \"library serve\"\n.PP\nServes the pages and the API, and syncs peers on schedule.")
                .contains(".SS \"library review approve\"\n")
                .contains(
                        ".TP\n\\fB\\-\\-port P\\fR\nPort to listen on; 0 for any free port (default: the setting listen.port).\n")
                .contains(".TP\n\\fBPEER_ID\\fR\nShow only this peer.\n")
                .containsOnlyOnce("\\-\\-home DIR")
                .doesNotContain("library generate");
        assertThat(answer.out().lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    void bash_completes_commands_and_options() throws Exception {
        assertThat(completed("library syn")).contains("sync_peer_resources", "sync_log");
        assertThat(completed("library sync_peer_resources --dry")).containsExactly("--dry-run");
        assertThat(completed("library gen")).isEmpty();
    }

    @Test
    void the_completion_for_zsh_is_found_by_its_first_line() {
        assertThat(CommandAnswer.of("generate", "zsh").out())
                .startsWith("#compdef library\n")
                .contains("function _complete_library()")
                .endsWith("\n_bash_complete -o default -F _complete_library\n");
    }

    /** Returns what Bash offers for a line that is not complete. */
    private List<String> completed(String line) throws IOException {
        Path script = directory.resolve("library.bash");
        Files.writeString(script, CommandAnswer.of("generate", "bash").out());
        Process bash = new ProcessBuilder("bash", "-c", """
                compopt() { :; }  # Bash allows it only while it completes
                source "$0"
                COMP_LINE=$1 COMP_POINT=${#1}
                read -ra COMP_WORDS <<<"$1"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_library
                printf '%s\\n' "${COMPREPLY[@]}"
                """, script.toString(), line)
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(word -> !word.isBlank())
                .toList();
    }
}

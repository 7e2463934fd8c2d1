package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests of the name and version that the program reports. */
class ProgramTest {

    @Test
    void the_version_is_that_of_the_build() throws Exception {
        Matcher built = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("pom.xml")));

        assertThat(built.find()).isTrue();
        assertThat(Program.NAME).isEqualTo("Library Peer Network " + built.group(1));
        assertThat(Program.userAgent(null)).isEqualTo("library-peer-network/" + built.group(1));
        assertThat(Program.userAgent("a@example.org"))
                .isEqualTo("library-peer-network/" + built.group(1) + " (+a@example.org)");
        assertThat(Program.DESCRIPTION).startsWith(Program.NAME + " (");
    }

    @Test
    void a_build_names_its_commit_or_says_that_it_has_none() {
        Properties build = new Properties();
        build.setProperty("commit", "1a2b3c4");
        build.setProperty("date", "2026-11-29");
        assertThat(Program.commit(build)).isEqualTo("commit 1a2b3c4 of 2026-11-29");

        build.setProperty("commit", "");
        build.setProperty("date", "");
        assertThat(Program.commit(build)).isEqualTo("built outside a Git clone");
    }
}

package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    }
}

package org.librarypeers.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.LibrarySettings;

class DemoTest {

    @Test
    void the_demo_prints_each_step_and_its_result() throws Exception {
        StringWriter out = new StringWriter();
        LibrarySettings settings = LibrarySettings.in(
                        Path.of("target", "test-home").toAbsolutePath())
                .with(Settings.LANGUAGES, "en");
        try (Demo demo = new Demo(settings, new PrintWriter(out))) {
            demo.run(0);
        }
        assertThat(out.toString())
                .contains("A has 40 approved resources")
                .contains("39 new, 0 updated, 0 unchanged, 1 kept local, 0 failed")
                .contains("0 new, 1 updated, 0 unchanged, 0 kept local, 0 failed")
                .contains("C has 41 approved resources")
                .doesNotContain("while closing");
    }
}

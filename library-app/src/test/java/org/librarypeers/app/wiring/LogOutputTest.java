package org.librarypeers.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.config.LogSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogOutputTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void appendToMemory() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern("%-5level %msg%n");
        text.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setEncoder(text);
        appender.setOutputStream(out);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
    }

    private void apply(LogSettings.Level level, LogSettings.Format format) {
        LogOutput.apply(new LogSettings(level, format, new LogSettings.AccessLog.Off(), 0), context);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_level_chooses_the_messages() {
        apply(LogSettings.Level.WARN, LogSettings.Format.TEXT);
        context.getLogger("org.librarypeers.app").info("not important");
        context.getLogger("org.librarypeers.app").warn("important: {}", "ü");
        assertThat(printed()).isEqualToIgnoringNewLines("WARN  important: ü");

        apply(LogSettings.Level.DEBUG, LogSettings.Format.TEXT);
        context.getLogger("org.librarypeers.app").debug("details");
        assertThat(printed()).contains("DEBUG details");
    }

    @Test
    void each_message_may_be_a_json_object_on_a_line() {
        apply(LogSettings.Level.INFO, LogSettings.Format.JSON);
        context.getLogger("org.librarypeers.app").error("two\nlines \"{}\" é", 7, new IllegalStateException("why"));

        assertThat(printed().lines()).hasSize(1);
        JsonNode line = JsonMapper.builder().build().readTree(printed());
        assertThat(line.get("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(line.get("level").asString()).isEqualTo("ERROR");
        assertThat(line.get("message").asString()).isEqualTo("two\nlines \"7\" é");
        assertThat(line.get("logger").asString()).isEqualTo("org.librarypeers.app");
        assertThat(line.get("error").asString())
                .contains("IllegalStateException: why")
                .contains("LogOutputTest");
    }
}

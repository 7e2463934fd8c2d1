package org.librarypeers.app.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.LogSettings;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The log of the program, on standard error. {@code logback.xml} configures it until the settings are known. */
public final class LogOutput {

    private static final String OURS = "org.librarypeers";
    private static final String APPENDER = "stderr";

    private LogOutput() {}

    /** Sets the level and the form of the log. Other settings remain. */
    public static void apply(LogSettings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(settings, context);
        }
    }

    static void apply(LogSettings settings, LoggerContext context) {
        context.getLogger(OURS).setLevel(Level.toLevel(settings.level().name()));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (settings.format() == LogSettings.Format.JSON
                && root.getAppender(APPENDER) instanceof OutputStreamAppender<ILoggingEvent> appender) {
            JsonLines encoder = new JsonLines();
            encoder.setContext(context);
            encoder.start();
            appender.setEncoder(encoder);
        }
    }

    /** An encoder that writes each event as one JSON object on a line. */
    static final class JsonLines extends EncoderBase<ILoggingEvent> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            // Other programs read fractions of at most six digits.
            fields.put("time", event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
            fields.put("level", event.getLevel().toString());
            fields.put("message", event.getFormattedMessage());
            fields.put("logger", event.getLoggerName());
            fields.put("thread", event.getThreadName());
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(pair -> fields.putIfAbsent(pair.key, pair.value));
            }
            if (event.getThrowableProxy() != null) {
                fields.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }
}

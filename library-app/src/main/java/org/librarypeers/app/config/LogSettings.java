package org.librarypeers.app.config;

import java.nio.file.Path;

/**
 * The settings of logs.
 *
 * @param level the least important messages that are logged
 * @param format the form of a line
 * @param access the destination of a line for each request
 * @param retainDays the number of days after which dated files of the access log are deleted; 0 to keep them
 */
public record LogSettings(Level level, Format format, AccessLog access, int retainDays) {

    /** The importance of a message. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** The form of a line. */
    public enum Format {
        TEXT,
        JSON
    }

    /** A destination of the access log. */
    public sealed interface AccessLog {

        /** No access log. */
        record Off() implements AccessLog {}

        /** The standard output of the program. */
        record StandardOutput() implements AccessLog {}

        /**
         * A file.
         *
         * @param path the file; {@code yyyy_mm_dd} in its name stands for the date
         */
        record File(Path path) implements AccessLog {}

        /** Returns the destination of a text: {@code off}, {@code stdout} or a path. */
        static AccessLog of(String text) {
            return switch (text) {
                case "off" -> new Off();
                case "stdout" -> new StandardOutput();
                default -> new File(Path.of(text));
            };
        }
    }

    /** Returns the settings of a configuration. */
    public static LogSettings from(Configuration configuration) {
        return new LogSettings(
                configuration.get(Settings.LOG_LEVEL),
                configuration.get(Settings.LOG_FORMAT),
                configuration.get(Settings.ACCESS_LOG),
                configuration.get(Settings.RETENTION_ADDRESS_DAYS));
    }
}

package org.librarypeers.app.config;

/**
 * The place where a value was found.
 *
 * @param source the kind of place
 * @param place the option, the variable, or the file and line; {@code default} for a default
 */
public record Origin(Source source, String place) {

    /** A default. */
    static final Origin DEFAULT = new Origin(Source.DEFAULT, "default");

    /** A value that an administrator has set on the page of the settings. */
    static final Origin STORED = new Origin(Source.STORED, "page of the settings");

    /** A value that the program itself has set. */
    static final Origin PROGRAM = new Origin(Source.PROGRAM, "program");

    /** The kinds of places, the strongest first. */
    public enum Source {
        PROGRAM,
        OPTION,
        VARIABLE,
        FILE_OF_VARIABLE,
        HOME_FILE,
        SYSTEM_FILE,
        STORED,
        DEFAULT
    }

    /** Returns the setting as it is named at this place, for example {@code LIBRARY_LISTEN_PORT}. */
    String subject(Setting<?> setting) {
        return switch (source) {
            case OPTION, VARIABLE, FILE_OF_VARIABLE -> place;
            case HOME_FILE, SYSTEM_FILE -> place + ": " + setting.name();
            case PROGRAM, STORED, DEFAULT -> setting.name();
        };
    }

    /** Returns the place. */
    @Override
    public String toString() {
        return place;
    }
}

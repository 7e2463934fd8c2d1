package org.librarypeers.app.config;

import java.util.List;

/** The reasons why the configuration cannot be used. Each is one line that names the source and says what to do. */
public final class InvalidConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidConfigurationException(String problem) {
        this(List.of(problem));
    }

    InvalidConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns the reasons, at least one. */
    public List<String> problems() {
        return problems;
    }
}

package org.librarypeers.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words for the constants of an enum in addresses, databases and message keys: their names in lower case. */
public final class EnumWord {

    private EnumWord() {}

    /** Returns the word for a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the constant with this word. Empty if there is no such constant. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst();
    }
}

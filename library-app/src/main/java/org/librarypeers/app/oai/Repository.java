package org.librarypeers.app.oai;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LibraryId;

/**
 * The description of this library for harvesters. Names and settings may change while the program runs.
 *
 * @param id the id of the library, which never changes
 * @param name returns its name
 * @param contact returns the e-mail or web address of the people who run it; null if not set
 * @param languages returns its languages, the default one first
 */
public record Repository(
        LibraryId id, Supplier<String> name, Supplier<@Nullable String> contact, Supplier<List<String>> languages) {

    /** An address that nobody can have (RFC 2606), because OAI-PMH requires one. */
    static final String NO_CONTACT = "no-contact@library.invalid";

    private static final Pattern EMAIL = Pattern.compile("\\S+@(\\S+\\.)+\\S+");
    private static final String MAILTO = "mailto:";

    /** Returns the e-mail address of the people who run the library, or {@link #NO_CONTACT} if the settings have none. */
    String email() {
        String given = contact.get();
        String plain = given != null && given.startsWith(MAILTO) ? given.substring(MAILTO.length()) : given;
        return plain != null && EMAIL.matcher(plain).matches() ? plain : NO_CONTACT;
    }

    /** Returns the language in which the library has the names of its tags. */
    String language() {
        return languages.get().get(0);
    }

    /**
     * Returns the OAI identifier of a resource. It has the id of this library and not its host, so that it stays the same when the
     * library moves.
     */
    String identifier(Guid guid) {
        return "oai:" + id + ":" + guid;
    }

    /** Returns the GUID in an identifier of this library. Empty for any other text. */
    Optional<Guid> guid(String identifier) {
        return Guid.parse(identifier.substring(identifier.lastIndexOf(':') + 1))
                .filter(guid -> identifier(guid).equals(identifier));
    }
}

package org.librarypeers.app.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.sync.pictures.PictureCopy;

/**
 * The presentation of a library on its pages. Immutable.
 *
 * @param name the name
 * @param languages the content languages, the default first
 * @param logo the picture beside the name; null for the picture of the program
 * @param about the text of the page about the library, with blank lines between paragraphs; may be empty
 * @param contact the e-mail or web address of the people who run the library; null if not set
 */
public record LibraryProfile(
        String name,
        List<String> languages,
        @Nullable PictureCopy logo,
        LocalizedText about,
        @Nullable String contact) {

    /** Creates a profile with a copy of the list. */
    public LibraryProfile {
        languages = List.copyOf(languages);
    }

    /** Creates a profile without a logo, a text and a contact. */
    public LibraryProfile(String name, List<String> languages) {
        this(name, languages, null, LocalizedText.empty(), null);
    }
}

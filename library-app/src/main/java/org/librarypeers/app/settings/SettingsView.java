package org.librarypeers.app.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;

/**
 * The page of the settings, as its template shows it.
 *
 * @param form the values and their errors
 * @param fixed the settings that the configuration sets, by name
 * @param defaults the defaults of the settings by name; empty for a setting without a default
 * @param languageNames the names of the languages of the library, in their order
 * @param aboutLanguages the languages of the fields of the text about the library
 * @param logo the logo
 * @param differences what is stored now, if the form was outdated
 * @param mail the test mail
 */
public record SettingsView(
        FormData form,
        Map<String, Fixed> fixed,
        Map<String, String> defaults,
        List<String> languageNames,
        List<String> aboutLanguages,
        Logo logo,
        List<Difference> differences,
        Mail mail) {

    /**
     * A value that cannot be changed here.
     *
     * @param value the value, without secrets
     * @param place where it is set, for people
     */
    public record Fixed(String value, String place) {}

    /** A field whose stored value is not that of the form. */
    public record Difference(String label, String stored) {}

    /**
     * The logo in the form.
     *
     * @param address the address of the stored logo; null without a logo
     * @param waiting the logo that was uploaded with a form that could not be saved, as a text; null if none was uploaded
     * @param waitingAddress the address of that logo; null if none was uploaded
     * @param removed whether the form says to remove the logo
     * @param largest the largest size of a file, for people
     */
    public record Logo(
            @Nullable String address,
            @Nullable String waiting,
            @Nullable String waitingAddress,
            boolean removed,
            String largest) {}

    /**
     * The test mail.
     *
     * @param server the mail server; null if mails are not set up
     * @param address the e-mail address of the administrator; null if the account has none
     * @param problem why the last test mail could not be sent; null if there was none, or it was sent
     */
    public record Mail(
            @Nullable String server,
            @Nullable String address,
            @Nullable String problem) {}
}

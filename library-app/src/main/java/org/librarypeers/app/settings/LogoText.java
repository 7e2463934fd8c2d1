package org.librarypeers.app.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.EnumWord;
import org.librarypeers.sync.pictures.PictureCopy;

/** The text of a logo among the settings: its file, and its size, for example {@code 3f…9c.png 320x64}. */
final class LogoText {

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{64})\\.(jpeg|png) ([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    private LogoText() {}

    static String of(PictureCopy logo) {
        return logo.sha256() + "." + EnumWord.of(logo.format()) + " " + logo.width() + "x" + logo.height();
    }

    /** Returns the logo of a text, or an empty {@code Optional} if the text names none. */
    static Optional<PictureCopy> logo(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PictureCopy(
                parts.group(1),
                parts.group(2).equals("png") ? PictureCopy.Format.PNG : PictureCopy.Format.JPEG,
                Integer.parseInt(parts.group(3)),
                Integer.parseInt(parts.group(4))));
    }
}

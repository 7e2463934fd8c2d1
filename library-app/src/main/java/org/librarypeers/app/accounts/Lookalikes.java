package org.librarypeers.app.accounts;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.util.Optional;
import java.util.stream.Stream;
import org.librarypeers.domain.UserName;

/**
 * User names that people confuse: they differ in case only, or in characters that look alike, such as a Latin and a Cyrillic
 * letter (Unicode Technical Standard 39).
 */
final class Lookalikes {

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();

    private Lookalikes() {}

    /** Returns the first name that is not the given one but looks like it. */
    static Optional<UserName> find(UserName name, Stream<UserName> others) {
        String skeleton = skeleton(name);
        return others.filter(other -> !other.equals(name) && skeleton(other).equals(skeleton))
                .findFirst();
    }

    private static String skeleton(UserName name) {
        return CHECKER.getSkeleton(UCharacter.foldCase(CHECKER.getSkeleton(name.value()), true));
    }
}

package org.librarypeers.app.accounts;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
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
        Set<String> skeletons = skeletons(name);
        return others.filter(other -> !other.equals(name) && !Collections.disjoint(skeletons(other), skeletons))
                .findFirst();
    }

    /**
     * Returns keys of the appearance of a name, as it is and in small letters: a capital I looks like a small l, but is
     * a small i.
     */
    private static Set<String> skeletons(UserName name) {
        return Set.of(
                "as written " + folded(CHECKER.getSkeleton(name.value())), "in small letters " + folded(name.value()));
    }

    private static String folded(String text) {
        return CHECKER.getSkeleton(UCharacter.foldCase(text, true));
    }
}

package org.librarypeers.app.accounts;

import com.nulabinc.zxcvbn.Zxcvbn;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Hashes passwords with Argon2id, at the cost that OWASP recommends for it: 19 MiB, two passes, one lane. */
final class Passwords {

    static final int SHORTEST = 8;
    static final int LONGEST = 500;

    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;

    /** Each takes 19 MiB while it lasts: many at once must not take the memory of what else runs. */
    private static final Semaphore AT_ONCE = new Semaphore(4);

    /** Below this, on the scale from 0 to 4 of zxcvbn, a password is found within a million guesses. */
    private static final int LOWEST_SCORE = 2;

    /** The time of an estimate grows faster than its text. What is not common within so many characters is not common. */
    private static final int ESTIMATED = 60;

    private Passwords() {}

    /** Loaded when it is first needed: its lists of common passwords, names and words are large. */
    private static final class Estimates {
        private static final Zxcvbn ZXCVBN = new Zxcvbn();
    }

    /**
     * Returns whether the password is among the first that somebody would try: a common one, a variation of it, a word, a
     * pattern of keys, a date, or one of these texts.
     *
     * @param known what others know about the account, such as its user name
     */
    static boolean isCommon(String password, List<String> known) {
        String start = password.substring(0, Math.min(ESTIMATED, password.length()));
        return Estimates.ZXCVBN.measure(start, known).getScore() < LOWEST_SCORE;
    }

    private static <T> T alone(Supplier<T> work) {
        AT_ONCE.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            AT_ONCE.release();
        }
    }

    /**
     * The hash, in the PHC form that says how it was made.
     *
     * @param known what others know about the account, such as its user name; the password must not be made of it
     * @throws IllegalArgumentException if the password is too short, too long, or too common
     */
    static String hash(String password, List<String> known) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "password has " + length + " characters; " + SHORTEST + " to " + LONGEST + " are wanted");
        }
        if (isCommon(password, known)) {
            throw new IllegalArgumentException(
                    "the password is too common: it is among the first that somebody would try;"
                            + " choose another, for example a few words that do not belong together");
        }
        return hashOf(password);
    }

    /** Hashes what somebody has as a password already, or what is nobody's. */
    static String hashOf(String password) {
        return alone(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult());
    }

    /** Whether the password is the one that was hashed. */
    static boolean matches(String password, String hash) {
        return password.length() <= LONGEST * 2
                && alone(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }
}

package org.librarypeers.app.accounts;

import com.nulabinc.zxcvbn.Zxcvbn;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Password hashing with Argon2id in one lane. Hashes of any cost can be checked. */
final class Passwords {

    static final int SHORTEST = 8;
    static final int LONGEST = 500;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** The limit on concurrent hashes. At the default cost, each takes 19 MiB; too many would exhaust the memory. */
    private static final Semaphore CONCURRENT_HASHES = new Semaphore(4);

    /**
     * The lowest acceptable zxcvbn score, on its scale from 0 to 4. Passwords with a lower score are found within a
     * million guesses.
     */
    private static final int LOWEST_SCORE = 2;

    /**
     * The number of characters of a password that are rated. Long texts take disproportionately long to rate, and a
     * password with an uncommon beginning is uncommon.
     */
    private static final int RATED_CHARACTERS = 60;

    private final PasswordCost cost;
    private final String nobodysHash;

    Passwords(PasswordCost cost) {
        this.cost = cost;
        this.nobodysHash = "$argon2id$v=19$m=" + cost.kibibytes() + ",t=" + cost.passes() + ",p=1$" + random(SALT_BYTES)
                + '$' + random(HASH_BYTES);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    /** A holder that loads zxcvbn on first use, because its lists of common passwords, names and words are large. */
    private static final class Estimates {
        private static final Zxcvbn ZXCVBN = new Zxcvbn();
    }

    /**
     * Returns whether a password would be among the first guesses: a common password or a variation of one, a word, a
     * keyboard pattern, a date, or one of the known texts.
     *
     * @param known texts that others know about the account, such as its user name
     */
    static boolean isCommon(String password, List<String> known) {
        String start = password.substring(0, Math.min(RATED_CHARACTERS, password.length()));
        return Estimates.ZXCVBN.measure(start, known).getScore() < LOWEST_SCORE;
    }

    private static <T> T limited(Supplier<T> work) {
        CONCURRENT_HASHES.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            CONCURRENT_HASHES.release();
        }
    }

    /**
     * Returns the hash of a password in PHC format, which includes the parameters of the hash.
     *
     * @param known texts that others know about the account, such as its user name; the password must not consist of
     *     them
     * @throws IllegalArgumentException if the password is too short, too long or too common
     */
    String hash(String password, List<String> known) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "the password has " + length + " characters; it must have " + SHORTEST + " to " + LONGEST);
        }
        if (isCommon(password, known)) {
            throw new IllegalArgumentException("the password is too common and would be guessed quickly;"
                    + " choose another, for example a few unrelated words");
        }
        return replacement(password);
    }

    /** Returns the hash function, which keeps its 19 MiB of memory permanently. Most commands hash no password. */
    private Argon2Function argon2id() {
        return Argon2Function.getInstance(cost.kibibytes(), cost.passes(), 1, HASH_BYTES, Argon2.ID);
    }

    /** Returns a hash that no password has. Checking a password against it takes as long as against any other hash. */
    String nobodysHash() {
        return nobodysHash;
    }

    /** Returns whether the password has this hash. */
    static boolean matches(String password, String hash) {
        return password.length() <= LONGEST * 2
                && limited(() -> DjangoPassword.isHash(hash)
                        ? DjangoPassword.matches(password, hash)
                        : Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** Returns the hash with which to replace the hash of another program. The password is not rated, because it is in use. */
    String replacement(String password) {
        return limited(() -> Password.hash(password)
                .addRandomSalt(SALT_BYTES)
                .with(argon2id())
                .getResult());
    }
}

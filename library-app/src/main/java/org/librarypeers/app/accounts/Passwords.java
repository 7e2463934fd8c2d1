package org.librarypeers.app.accounts;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
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

    private Passwords() {}

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
     * @throws IllegalArgumentException if the password is too short or too long
     */
    static String hash(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException(
                    "password has " + length + " characters; " + SHORTEST + " to " + LONGEST + " are wanted");
        }
        return alone(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult());
    }

    /** Whether the password is the one that was hashed. */
    static boolean matches(String password, String hash) {
        return password.length() <= LONGEST * 2
                && alone(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }
}

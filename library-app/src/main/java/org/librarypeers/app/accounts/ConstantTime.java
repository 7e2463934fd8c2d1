package org.librarypeers.app.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A comparison of secrets whose duration does not depend on where they differ, so that it reveals nothing. */
public final class ConstantTime {

    private ConstantTime() {}

    /** Returns whether two texts are equal. */
    public static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}

package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions that a value breaks one of the common rules for fields. */
final class Refused {

    private Refused() {}

    static void assertMissing(String field, ThrowingCallable code) {
        assertThatIllegalArgumentException().isThrownBy(code).withMessage(field + " is missing");
    }

    static void assertTooLong(String field, int length, int most, ThrowingCallable code) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(code)
                .withMessage(String.format(
                        Locale.ROOT, "%s is %,d characters long; at most %,d are allowed", field, length, most))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(QuarantineReason.Kind.TOO_LONG));
    }

    static void assertTooLow(String field, long value, long least, ThrowingCallable code) {
        assertThatIllegalArgumentException()
                .isThrownBy(code)
                .withMessage(field + " is " + value + "; it must be at least " + least);
    }
}

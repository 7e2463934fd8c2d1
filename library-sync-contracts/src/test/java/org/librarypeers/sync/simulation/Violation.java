package org.librarypeers.sync.simulation;

/** Reports a broken promise. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String promise;

    Violation(String promise, String what) {
        super(promise + ": " + what);
        this.promise = promise;
    }

    String promise() {
        return promise;
    }

    static void unless(boolean kept, String promise, String what, Object... values) {
        if (!kept) {
            throw new Violation(promise, what.formatted(values));
        }
    }
}

package org.librarypeers.app.api;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that follows from another one, and is computed again when that has changed. Thread-safe.
 *
 * @param <S> the type of the other value
 * @param <T> the type of the value
 */
final class Derived<S, T> implements Supplier<T> {

    private final Supplier<S> source;
    private final Function<S, T> derivation;
    private volatile @Nullable Known<S, T> known;

    private record Known<S, T>(S source, T value) {}

    /**
     * Creates a value. Computes nothing.
     *
     * @param source returns the other value, which is immutable
     */
    Derived(Supplier<S> source, Function<S, T> derivation) {
        this.source = source;
        this.derivation = derivation;
    }

    @Override
    public T get() {
        S current = source.get();
        Known<S, T> last = known;
        if (last == null || !last.source().equals(current)) {
            last = new Known<>(current, derivation.apply(current));
            known = last;
        }
        return last.value();
    }
}

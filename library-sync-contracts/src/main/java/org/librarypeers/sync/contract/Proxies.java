package org.librarypeers.sync.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Proxies that intercept the calls of a port. */
public final class Proxies {

    private Proxies() {}

    /** An interceptor of one call. It decides whether the port is called. */
    @FunctionalInterface
    public interface Around {
        /**
         * Returns the result of the call.
         *
         * @param method the method of the port
         * @param port calls the port and returns its result
         */
        @Nullable
        Object call(Method method, Supplier<@Nullable Object> port);
    }

    /** Returns a proxy of the port that passes each call to the interceptor. */
    public static <T> T around(Class<T> type, T port, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> around.call(method, () -> call(port, method, arguments))));
    }

    private static @Nullable Object call(Object port, Method method, @Nullable Object @Nullable [] arguments) {
        try {
            return method.invoke(port, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            } else if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

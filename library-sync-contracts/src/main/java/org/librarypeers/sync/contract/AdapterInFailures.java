package org.librarypeers.sync.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** An extension that puts the class of the adapter under test in front of the message of each failure of a contract. */
final class AdapterInFailures implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        throw named(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) {
        throw named(context, failure);
    }

    private static AssertionError named(ExtensionContext context, Throwable failure) {
        Object adapter = ((Contract) context.getRequiredTestInstance()).adapter();
        String name = adapter == null ? "no adapter" : adapter.getClass().getName();
        return new AssertionError("[" + name + "] " + failure, failure);
    }
}

package org.librarypeers.sync.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A contract suite. Its tests are the same for all adapters, so a failure must name the adapter. */
@ExtendWith(AdapterInFailures.class)
interface Contract {

    /** Returns the adapter under test, or null if the test could not create it. */
    @Nullable
    Object adapter();
}

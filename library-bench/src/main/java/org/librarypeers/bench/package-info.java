/**
 * Benchmarks of the app as its users run it: through its commands and over HTTP, beside baselines that are measured in
 * the same run.
 *
 * <pre>
 *  Bench (command line) ─► Scenario ─► Workbench ─► LibraryHome (a home, its commands, its server)
 *                             │            └──────► SyntheticLibrary (the same content from the same seed)
 *                             ├─► JdbcRows, BareHttp (baselines)
 *                             └─► Report ◄─ Figure (one contender's values)
 * </pre>
 */
@NullMarked
package org.librarypeers.bench;

import org.jspecify.annotations.NullMarked;

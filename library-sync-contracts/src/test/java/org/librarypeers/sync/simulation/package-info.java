/**
 * A simulation of the whole network in one JVM, from one seed and in virtual time: many libraries, people who work in
 * them, links that break and processes that stop. It runs the production code on the in-memory adapters, and checks the
 * promises.
 */
@org.jspecify.annotations.NullMarked
package org.librarypeers.sync.simulation;

/**
 * The whole network in one JVM: many libraries, people who work in them, a link that breaks and machines that stop, all from
 * one seed and in virtual time. What runs is the production code on the in-memory adapters; what is checked are the promises.
 */
@org.jspecify.annotations.NullMarked
package org.librarypeers.sync.simulation;

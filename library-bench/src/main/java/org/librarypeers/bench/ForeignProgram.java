package org.librarypeers.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A script for software of others, which is measured beside the library if it is installed.
 *
 * @param name the name of the software
 * @param script the file name of the script among the resources of this module
 * @param interpreter the command that runs the script
 * @param check the arguments with which the interpreter ends with 0 if the software is installed
 * @param advice the way to install it
 */
record ForeignProgram(String name, String script, String interpreter, List<String> check, String advice) {

    /** A site with the API of existing sites. */
    static final ForeignProgram TASTYPIE = new ForeignProgram(
            "Tastypie",
            "tastypie_site.py",
            "/usr/bin/python3",
            List.of("-c", "import six, tastypie, waitress"),
            "Debian has it in the packages python3-django-tastypie, python3-six and python3-waitress");

    /** A database that replicates over HTTP. */
    static final ForeignProgram POUCHDB = new ForeignProgram(
            "PouchDB",
            "pouchdb.js",
            "node",
            List.of("-e", "require('pouchdb'); require('express-pouchdb')"),
            "npm install pouchdb express-pouchdb, and set NODE_PATH to the folder node_modules");

    /** Returns whether the software is installed. If not, the report says so. */
    boolean isInstalled(Workbench bench, String scenario) {
        if (runs(check)) {
            return true;
        }
        bench.report().skipped(scenario, name, "it is not installed; " + advice);
        return false;
    }

    private boolean runs(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(interpreter));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(60, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was looked for", e);
        }
    }

    /** Returns a process builder for the script with these arguments. The folder receives the script. */
    ProcessBuilder builder(Path folder, String... arguments) throws IOException {
        Path file = folder.resolve(script);
        if (!Files.exists(file)) {
            try (InputStream resource =
                    Objects.requireNonNull(ForeignProgram.class.getResourceAsStream("/baselines/" + script), script)) {
                Files.copy(resource, file);
            }
        }
        List<String> command = new ArrayList<>(List.of(interpreter, file.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * Runs the script with these arguments to its end, and returns what it printed.
     *
     * @throws IOException if it fails
     */
    String run(Path folder, String... arguments) throws IOException {
        Process process = builder(folder, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(name + " failed with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ran", e);
        }
        return output;
    }
}

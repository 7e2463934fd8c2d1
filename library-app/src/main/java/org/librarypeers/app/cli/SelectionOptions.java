package org.librarypeers.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.SelectionCondition;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.SelectionPreview;
import org.librarypeers.sync.storage.SyncStorage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that choose what is taken of a peer. */
final class SelectionOptions {

    @Option(
            names = "--include",
            paramLabel = "CONDITION",
            converter = ConditionConverter.class,
            description =
                    "Take only what meets this condition, for example \"category:Infection control\", tag:Midwife,"
                            + " language:fr, type:video, text:malaria, \"updated>=2024-01-01\". Can be repeated: of several"
                            + " conditions of one kind, one must hold; kinds must all hold.")
    private @Nullable List<SelectionCondition> include;

    @Option(
            names = "--exclude",
            paramLabel = "CONDITION",
            converter = ConditionConverter.class,
            description = "Leave out what meets this condition, even if it is included. Can be repeated.")
    private @Nullable List<SelectionCondition> exclude;

    /** Reads a condition. */
    static final class ConditionConverter implements ITypeConverter<SelectionCondition> {

        @Override
        public SelectionCondition convert(String value) {
            try {
                return SelectionCondition.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Returns the rule with the given conditions. Each option replaces all conditions of its side. */
    SelectionRule change(SelectionRule before) {
        try {
            SelectionRule included = include == null ? before : new SelectionRule(include, List.of());
            return new SelectionRule(included.includes(), exclude == null ? before.excludes() : exclude);
        } catch (IllegalArgumentException e) {
            throw new CliException(String.valueOf(e.getMessage()));
        }
    }

    /** Prints what the rule of a peer would do. */
    void print(PrintWriter out, SyncStorage storage, Peer peer) {
        SelectionPreview preview = SelectionPreview.of(
                storage.selections(),
                peer.id(),
                storage.selections().state(peer).of(peer),
                0);
        out.println("rule: " + (peer.selection().takesEverything() ? "(takes everything)" : peer.selection()));
        line(out, preview.taken().count(), "would be taken");
        line(out, preview.newlyTaken().count(), "newly taken");
        line(out, preview.leftOut().count(), "would be left out");
        line(out, preview.notFollowed().count(), "here, and no longer followed");
        line(out, preview.unknown(), "unknown, read by the next sync");
    }

    private static void line(PrintWriter out, long count, String what) {
        out.println(String.format(Locale.ROOT, "%,10d %s", count, what));
    }
}

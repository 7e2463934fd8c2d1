package org.librarypeers.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Requires that of a package only the entry point, the types in its public signatures and some exceptions are public. */
final class OnePublicEntryPoint extends ArchCondition<JavaClass> {

    private final String root;
    private final String name;
    private final Set<String> exceptions;
    private final Set<String> named = new HashSet<>();

    /**
     * Creates a condition.
     *
     * @param root the package
     * @param entryPoint the simple name of the entry point
     * @param exceptions the simple names of other types that may be public
     */
    OnePublicEntryPoint(String root, String entryPoint, String... exceptions) {
        super("be hidden unless they are " + entryPoint + " or named by its signatures");
        this.root = root;
        this.name = root + "." + entryPoint;
        this.exceptions = Set.of(exceptions);
    }

    @Override
    public void init(Collection<JavaClass> all) {
        named.clear();
        named.add(name);
        exceptions.forEach(each -> named.add(root + '.' + each));
        all.stream()
                .filter(each -> each.getName().equals(name))
                .flatMap(OnePublicEntryPoint::publicSignatures)
                // A builder is a part of the entry point.
                .flatMap(type -> type.getName().startsWith(name + '$') ? publicSignatures(type) : Stream.of(type))
                .forEach(type -> named.add(type.getName()));
    }

    @Override
    public void check(JavaClass each, ConditionEvents events) {
        boolean hidden = !each.getModifiers().contains(JavaModifier.PUBLIC);
        events.add(new SimpleConditionEvent(
                each, hidden || named.contains(each.getName()), each.getName() + " is public"));
    }

    private static Stream<JavaClass> publicSignatures(JavaClass of) {
        return of.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(OnePublicEntryPoint::signature);
    }

    private static Stream<JavaClass> signature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }
}

package org.lunwarden.conf.blacklist;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.ValueType;

/** One entry of the blacklist or of its exceptions. */
public sealed interface Rule {

    Origin origin();

    /** Holds for a name, an identifier or a protocol that the expression matches. */
    record Matching(InvertibleEre ere, Origin origin) implements Rule {

        boolean holds(String text) {
            return ere.holds(text);
        }

        /** Equal for two rules that say the same, wherever they stand. */
        String said() {
            return ere.toString();
        }

        @Override
        public String toString() {
            return ValueType.quoted(ere.toString()) + " (" + origin + ")";
        }
    }

    /** Holds for a device of which all that is given matches; one of the two is given at least. */
    record Device(Optional<InvertibleEre> vendor, Optional<InvertibleEre> product, Origin origin) implements Rule {

        boolean holds(String vendorOfDisk, String productOfDisk) {
            return vendor.map(ere -> ere.holds(vendorOfDisk)).orElse(true)
                    && product.map(ere -> ere.holds(productOfDisk)).orElse(true);
        }

        /** Equal for two rules that say the same, wherever they stand. */
        List<Optional<String>> said() {
            return List.of(vendor.map(Object::toString), product.map(Object::toString));
        }

        @Override
        public String toString() {
            return Stream.of(
                            vendor.map(ere -> "vendor " + ValueType.quoted(ere.toString())),
                            product.map(ere -> "product " + ValueType.quoted(ere.toString())))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" ", "", " (" + origin + ")"));
        }
    }
}

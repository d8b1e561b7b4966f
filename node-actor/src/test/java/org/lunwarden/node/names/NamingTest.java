package org.lunwarden.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Wwid;

class NamingTest {

    private static final Wwid A = new Wwid("3600a");
    private static final Wwid B = new Wwid("3600b");
    private static final Wwid C = new Wwid("3600c");

    @Test
    void severalMapsAreNumberedInTheOrderInWhichTheyWereAskedFor() {
        var naming = of(Bindings.NONE, wishes(B, numbered(), A, numbered()), Map.of(), Map.of(), Map.of());

        assertThat(name(naming, B)).isEqualTo("mpatha");
        assertThat(name(naming, A)).isEqualTo("mpathb");
        assertThat(naming.toWrite().orElseThrow().alias(A.value())).contains(new Alias("mpathb"));
    }

    @Test
    void aBindingHoldsAndNothingIsWritten() {
        var bindings = Bindings.parse("mpathq " + A + "\n").bindings();

        var naming = of(bindings, wishes(A, numbered()), Map.of(), Map.of(), Map.of());

        assertThat(name(naming, A)).isEqualTo("mpathq");
        assertThat(naming.toWrite()).isEmpty();
    }

    @Test
    void ofTwoMapsThatWantOneAliasTheFirstKeepsIt() {
        var naming = of(
                Bindings.NONE,
                wishes(A, alias("data"), B, alias("data")),
                Map.of(),
                Map.of(),
                Map.of(new Alias("data"), A.value()));

        assertThat(name(naming, A)).isEqualTo("data");
        assertThat(name(naming, B)).isEqualTo(B.value());
        assertThat(named(naming, B).remark()).contains("data", A.value());
        assertThat(naming.toWrite()).isEmpty();
    }

    @Test
    void aMapWhoseAliasAnotherHasKeepsTheNameThatItHas() {
        var kernel = Map.of(new Alias("data"), A.value(), new Alias("old"), B.value());

        var naming = of(Bindings.NONE, wishes(B, alias("data")), kernel, Map.of(), Map.of());

        assertThat(name(naming, B)).isEqualTo("old");
        assertThat(named(naming, B).remark()).isNotEmpty();
    }

    @Test
    void aMapThatIsToBeCalledByItsWwidLosesItsAlias() {
        var naming =
                of(Bindings.NONE, wishes(A, NameWish.NONE), Map.of(new Alias("data"), A.value()), Map.of(), Map.of());

        assertThat(naming.names().get(A)).isEqualTo(new Naming.Named(A.value(), ""));
    }

    @Test
    void aNumberThatIsTakenOrMeantForAnotherIsPassedOver() {
        var naming = of(
                Bindings.NONE,
                wishes(C, numbered()),
                Map.of(new Alias("mpatha"), "none, it is 'LVM-x'"),
                Map.of(new Alias("mpathb"), A.value()),
                Map.of(new Alias("mpathc"), B.value()));

        assertThat(name(naming, C)).isEqualTo("mpathd");
    }

    @Test
    void aNameThatTheKernelHasAndNobodyElseIsBoundToIsKept() {
        var naming = of(
                Bindings.NONE,
                wishes(A, numbered(), B, numbered()),
                Map.of(new Alias("mpatha"), B.value()),
                Map.of(),
                Map.of());

        assertThat(name(naming, A)).isEqualTo("mpathb");
        assertThat(name(naming, B)).isEqualTo("mpatha");
        assertThat(naming.toWrite().orElseThrow().wwids()).hasSize(2);
    }

    @Test
    void withoutALeaveToWriteNobodyGetsANumberThatIsNotInTheFile() {
        var naming = Naming.of(
                Bindings.NONE,
                wishes(A, numbered(), B, numbered()),
                new Naming.Owners(Map.of(new Alias("mpathq"), B.value()), Map.of(), Map.of()),
                true);

        assertThat(name(naming, A)).isEqualTo(A.value());
        assertThat(name(naming, B)).isEqualTo("mpathq");
        assertThat(naming.toWrite()).isEmpty();
    }

    private static String name(Naming naming, Wwid wwid) {
        return named(naming, wwid).name();
    }

    private static Naming.Named named(Naming naming, Wwid wwid) {
        return Objects.requireNonNull(naming.names().get(wwid));
    }

    private static NameWish numbered() {
        return new NameWish(Optional.empty(), Optional.of("mpath"), "");
    }

    private static NameWish alias(String alias) {
        return new NameWish(Optional.of(new Alias(alias)), Optional.empty(), "");
    }

    private static SequencedMap<Wwid, NameWish> wishes(Wwid wwid, NameWish wish) {
        var wishes = new LinkedHashMap<Wwid, NameWish>();
        wishes.put(wwid, wish);
        return wishes;
    }

    private static SequencedMap<Wwid, NameWish> wishes(Wwid first, NameWish one, Wwid second, NameWish other) {
        var wishes = wishes(first, one);
        wishes.put(second, other);
        return wishes;
    }

    private static Naming of(
            Bindings bindings,
            SequencedMap<Wwid, NameWish> wishes,
            Map<Alias, String> kernel,
            Map<Alias, String> given,
            Map<Alias, String> configured) {
        return Naming.of(bindings, wishes, new Naming.Owners(kernel, given, configured), false);
    }
}

package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MembershipTest {

    static Stream<Arguments> reach() { // reached, seeds -> most of them
        return Stream.of(
                arguments("", "", true),
                arguments("v1", "v1", true),
                arguments("", "v1", false),
                arguments("v1 h1 h2", "v2 v1 v3", false),
                arguments("v1 v3", "v2 v1 v3", true),
                arguments("v1", "v2 v1", true),
                arguments("v2", "v2 v1", false),
                arguments("v1 v2", "v4 v3 v2 v1", true),
                arguments("v3 v4", "v4 v3 v2 v1", false),
                arguments("v2", "v2 v2", true));
    }

    @ParameterizedTest
    @MethodSource("reach")
    void whoeverReachesFewOfTheSeedsLacksMostViewsEvenInAFleetOfItsOwn(String reached, String seeds, boolean most) {
        var addresses = words(seeds).map(MemberAddress::parse).toList();

        assertThat(Membership.areMost(Set.copyOf(words(reached).toList()), addresses))
                .isEqualTo(most);
    }

    private static Stream<String> words(String names) {
        return Stream.of(names.split(" ", -1)).filter(name -> !name.isEmpty()).map(name -> name + ":7355");
    }
}

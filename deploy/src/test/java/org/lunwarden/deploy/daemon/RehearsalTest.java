package org.lunwarden.deploy.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void theClassesOfTheHostHalfAndThoseThatTheyNameAreLoaded() throws Exception {
        try (var fresh = FreshLoader.ofTheClassPath()) {
            assertThat(fresh.has("org.lunwarden.map.plan.MapPlan")).isFalse();

            var outcome = Rehearsal.load(fresh, Rehearsal.roots(), () -> {});

            assertThat(fresh.has("org.lunwarden.map.plan.MapPlan")).isTrue();
            assertThat(fresh.has("org.lunwarden.path.checker.UnitQuestion")).isTrue();
            assertThat(fresh.has("org.apache.pekko.actor.typed.SupervisorStrategy"))
                    .isTrue();
            assertThat(fresh.has("org.apache.pekko.actor.dungeon.ChildrenContainer$Termination$"))
                    .as("of a child that ends, which none of our classes names")
                    .isTrue();
            assertThat(fresh.has("org.lunwarden.io.simulated.SimulatedSan")).isFalse();
            assertThat(outcome.missing()).isEmpty();
        }
    }

    @Test
    void itTakesABreathNowAndThen() throws Exception {
        var breaths = new AtomicInteger();
        try (var fresh = FreshLoader.ofTheClassPath()) {
            var outcome = Rehearsal.load(fresh, Rehearsal.roots(), breaths::incrementAndGet);

            assertThat(breaths.get()).isGreaterThanOrEqualTo(outcome.loaded() / 16);
        }
    }

    /** Has loaded nothing, and tells what it has loaded. */
    private static final class FreshLoader extends URLClassLoader {

        private FreshLoader(URL[] urls) {
            super(urls, ClassLoader.getPlatformClassLoader());
        }

        static FreshLoader ofTheClassPath() throws MalformedURLException {
            var urls = new ArrayList<URL>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return new FreshLoader(urls.toArray(URL[]::new));
        }

        boolean has(String name) {
            return findLoadedClass(name) != null;
        }
    }
}

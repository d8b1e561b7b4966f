package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.deploy.story.Story;

/**
 * A fleet on real kernels and real networks: three hosts see an iSCSI array through two fabrics, each runs the daemon,
 * one view watches them. One fabric fails and comes back. One SAN for all tests, so they have an order.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeHostsIT {
    private static final int HOSTS = 3;
    private static final int LUNS = 2;
    private static final Duration SOON = Duration.ofMinutes(3);
    /** What the cut network can be called: hosts see no more of it than its subnet and the array's portal in it. */
    private static final Set<String> NAMES_OF_THE_FABRIC = Set.of("switch", "subnet", "fabric", "targetPort");

    /** The kernel shows a switch of groups only with the next I/O. */
    private static final String TOUCH_ALL =
            "for m in $(dmsetup ls --target multipath | cut -f1); do dd if=/dev/mapper/$m of=/dev/null"
                    + " bs=4096 count=1 iflag=direct status=none; done; ";

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Lab lab = new Lab();

    @TempDir
    static Path history;

    private static San san;
    private static List<Daemon> daemons;
    private static List<String> maps;
    private static Path events;

    @BeforeAll
    static void aFleet() throws Exception {
        san = lab.san(HOSTS, LUNS);
        Path folder = Path.of("target/lab-fleet").toAbsolutePath();
        Kit.certificate(folder).output();
        FleetConfigs configs = new FleetConfigs(folder, history);
        Path view = Files.writeString(folder.resolve("view.conf"), configs.view());
        san.outsideInBackground("view", "sh", "-c", "exec " + Daemon.command("view --config " + view));
        daemons = new ArrayList<>();
        for (int i = 1; i <= HOSTS; i++) {
            daemons.add(Daemon.start(san.hosts().get(i - 1), configs.host(i)));
        }
        for (Daemon daemon : daemons) {
            daemon.awaitMaps(LUNS);
        }
        maps = san.hosts()
                .getFirst()
                .run("dmsetup ls --target multipath | cut -f1 | sort")
                .output()
                .lines()
                .toList();
        for (int i = 0; i < HOSTS; i++) {
            san.hosts()
                    .get(i)
                    .background(
                            "io",
                            "exec /lab/kit/guest/probe io /dev/mapper/" + maps.getFirst() + " 600 /tmp/stop " + i);
        }
        Await.until(SOON, "the view answers", () -> get("/api/v1/hosts").has("items"));
        events = san.httpInBackground("events", FleetConfigs.HTTP, "/api/v1/events");
    }

    @Test
    @Order(1)
    void theViewSeesAllHostsAndTheSameComponentsFromEach() {
        JsonNode hosts = Await.until(
                SOON,
                "three hosts in contact",
                () -> get("/api/v1/hosts"),
                page -> each(page, "items").stream()
                                .filter(host -> host.path("maps").asInt() == LUNS)
                                .count()
                        == HOSTS);

        System.out.println("three hosts: " + hosts);
        List<JsonNode> shared = each(get("/api/v1/components"), "items").stream()
                .filter(component -> component.path("hosts").asInt() == HOSTS)
                .toList();
        assertThat(shared).as("components that all hosts see").hasSizeGreaterThanOrEqualTo(4);
        assertThat(open()).isEmpty();
    }

    @Test
    @Order(2)
    void whenOneFabricIsCutEveryHostFailsOverAndOneIncidentNamesIt() {
        san.fabric("A").down();
        long cut = System.nanoTime();
        for (Guest host : san.hosts()) {
            Await.until(
                    SOON,
                    host.name() + " fails its paths over",
                    () -> host.run(TOUCH_ALL + "dmsetup status --target multipath")
                            .output(),
                    status -> status.lines()
                            .allMatch(line -> line.contains(" F ") && line.matches(".* A 0 1 2 \\S+ A .*")));
        }
        long detected = System.nanoTime();

        List<JsonNode> incidents = Await.until(
                Duration.ofSeconds(5),
                "one incident, named",
                ThreeHostsIT::open,
                all -> all.size() == 1 && namesFabricA(all.getFirst()));

        System.out.printf(
                "three hosts: cut, last host failed over after %.1f s, incident named %.1f s later: %s%n",
                (detected - cut) / 1e9,
                (System.nanoTime() - detected) / 1e9,
                incidents.getFirst().path("title").asText());
        Await.until(
                SOON,
                "confirmed",
                () -> open().stream()
                        .allMatch(incident -> incident.path("phase").asText().equals("confirmed")));
        assertThat(open()).hasSize(1);
        assertThat(open().getFirst().path("hosts")).hasSize(HOSTS);
    }

    @Test
    @Order(3)
    void theFabricComesBackAndAllHostsFailBackTogether() {
        san.fabric("A").up();
        for (Guest host : san.hosts()) {
            Await.until(
                    SOON,
                    host.name() + " has its paths back",
                    () -> host.run("dmsetup status --target multipath").output(),
                    status -> !status.contains(" F "));
        }
        Await.until(SOON, "all maps off their best group, still", () -> off() == HOSTS * LUNS);

        // the incident must be over, and what the maps go back to have been well for a while
        JsonNode dry = Await.until(
                SOON,
                "nothing speaks against a failback",
                () -> post("/api/v1/failbacks", "{\"dryRun\": true}"),
                answer -> answer.path("plan").path("leftOut").isEmpty());
        assertThat(off()).as("a dry run moves nothing").isEqualTo(HOSTS * LUNS);
        assertThat(dry.path("plan").path("waves")).isNotEmpty();
        for (JsonNode wave : dry.path("plan").path("waves")) {
            assertThat(wave.path("steps"))
                    .as("hosts that share a LUN move together")
                    .hasSize(HOSTS);
        }
        JsonNode started = post("/api/v1/failbacks", "{\"dryRun\": false}");

        System.out.println("three hosts: failback " + started);
        Await.until(SOON, "all maps on their best group", () -> off() == 0);
        for (Guest host : san.hosts()) {
            Await.until(
                    SOON,
                    host.name() + " uses the first group again",
                    () -> host.run(TOUCH_ALL + "dmsetup status " + maps.getFirst())
                            .line(),
                    status -> status.matches(".* 2 1 A 0 1 2 \\S+ A .* E 0 1 2 .*"));
        }
    }

    @Test
    @Order(4)
    void theIncidentIsResolvedAndNoIoFailed() {
        Await.until(SOON, "no open incident", ThreeHostsIT::open, List::isEmpty);

        List<JsonNode> all = each(get("/api/v1/incidents"), "items").stream()
                .filter(ThreeHostsIT::isFault)
                .toList();
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().path("phase").asText()).isEqualTo("resolved");
        Await.until(SOON, "the story of the simulated SAN", ThreeHostsIT::story, Story.told("fabric-loss")::equals);
        for (Guest host : san.hosts()) {
            host.run("touch /tmp/stop").output();
            Ran io = Await.until(
                    SOON,
                    "I/O ends",
                    () -> host.run("cat /lab/run/io-*.log"),
                    ran -> ran.out().contains("errors="));
            System.out.println("three hosts: " + host.name() + " " + io.line());
            assertThat(io.number("errors")).isZero();
            assertThat(io.number("wrong")).isZero();
        }
    }

    @Test
    @Order(5)
    void lunsThatGrewAreGivenTheirSizeOnAllHostsAndOnNoneWhileAPathIsDown() {
        List<String> luns = each(get("/api/v1/maps"), "items").stream()
                .map(lun -> lun.path("wwid").asText())
                .toList();
        assertThat(luns).hasSize(LUNS);
        san.array()
                .run("for f in /dev/shm/lu/*; do truncate -s 128M $f; losetup -c $(losetup -n -O NAME -j $f); done")
                .output();

        JsonNode dry = post("/api/v1/resize", "{\"wwid\": \"" + luns.getFirst() + "\"}");
        assertThat(dry.path("plan").path("obstacles")).isEmpty();
        assertThat(sizes(luns.getFirst())).as("a dry run touches nothing").containsOnly("131072");
        JsonNode done = resize(luns.getFirst());

        System.out.println("three hosts: " + done);
        assertThat(done.path("phase").asText()).isEqualTo("done");
        assertThat(sizes(luns.getFirst())).containsOnly("262144");
        assertThat(sizes(luns.getLast())).as("nobody asked for it").containsOnly("131072");

        san.fabric("A").port(2, false);
        Await.until(
                SOON,
                "a path of the second host is down",
                () -> each(get("/api/v1/maps"), "items").stream()
                        .allMatch(lun -> lun.path("leastUsablePaths").asInt() == 1));
        JsonNode refused = resize(luns.getLast());
        san.fabric("A").port(2, true);

        assertThat(refused.path("phase").asText()).isEqualTo("refused");
        assertThat(refused.path("reason").asText()).contains("paths are down or unknown");
        assertThat(sizes(luns.getLast())).containsOnly("131072");
    }

    private static JsonNode resize(String wwid) {
        JsonNode started = post("/api/v1/resize", "{\"wwid\": \"" + wwid + "\", \"dryRun\": false}");
        String id = started.path("resize").path("id").asText();
        return Await.until(
                SOON,
                "the resize is over",
                () -> get("/api/v1/resize/" + id),
                resize -> resize.path("over").asBoolean());
    }

    /** Of a map on each host, 512-byte sectors. */
    private static List<String> sizes(String wwid) {
        return san.hosts().stream()
                .map(host -> host.run("blockdev --getsz /dev/mapper/$(dmsetup info -c --noheadings -o name -u mpath-"
                                + wwid + ")")
                        .line())
                .toList();
    }

    private static List<String> story() {
        Story story = new Story();
        for (String line : told().lines().toList()) {
            if (line.startsWith("data: ")) {
                tell(story, parse(line.substring("data: ".length())).path("what"));
            }
        }
        return story.events();
    }

    /** Events of hosts and nexuses are left out: their number is chance. */
    private static void tell(Story story, JsonNode what) {
        if (what.path("event").asText().equals("incident-changed") && isFault(what.path("incident"))) {
            story.incident(
                    what.path("incident").path("id").asText(),
                    what.path("change").asText());
        } else if (what.path("event").asText().equals("failback-changed")) {
            story.failback(
                    what.path("failback").path("id").asText(),
                    what.path("failback").path("phase").asText());
        }
    }

    /** The event stream so far, whole lines only. */
    private static String told() {
        try {
            String text = Files.readString(events);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean namesFabricA(JsonNode incident) {
        JsonNode first = incident.path("suspects").path(0);
        return incident.path("doubt").asText("").isEmpty()
                && NAMES_OF_THE_FABRIC.contains(first.path("class").asText())
                && first.toString().contains("10.1.0.");
    }

    /** A guest that gets no CPU for a while is silent, which is an incident of its own kind. */
    private static boolean isFault(JsonNode incident) {
        return !incident.path("kind").asText().equals("silence");
    }

    private static List<JsonNode> open() {
        return each(get("/api/v1/incidents"), "items").stream()
                .filter(incident -> !incident.path("phase").asText().equals("resolved"))
                .filter(ThreeHostsIT::isFault)
                .toList();
    }

    /** How many maps of all hosts are off their best group. */
    private static int off() {
        return each(get("/api/v1/hosts"), "items").stream()
                .mapToInt(host -> host.path("mapsOffBestGroup").asInt())
                .sum();
    }

    private static JsonNode get(String path) {
        Ran answer = san.http("GET", FleetConfigs.HTTP, path, "");
        return answer.exit() == 0 ? parse(answer.out()) : JSON.missingNode();
    }

    private static JsonNode post(String path, String body) {
        return parse(san.http("POST", FleetConfigs.HTTP, path, body).output());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError("not JSON: " + text, wrong);
        }
    }

    private static List<JsonNode> each(JsonNode node, String key) {
        return StreamSupport.stream(node.path(key).spliterator(), false).toList();
    }
}

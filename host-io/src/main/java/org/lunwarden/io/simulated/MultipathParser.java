package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.lunwarden.io.simulated.MultipathTarget.Group;
import org.lunwarden.io.simulated.MultipathTarget.Path;
import org.lunwarden.io.simulated.MultipathTarget.Selector;
import org.lunwarden.model.DevT;

/** Makes a {@code multipath} target of its parameters, or says why the kernel would not: {@code multipath_ctr()}. */
final class MultipathParser {

    /** What the kernel would not take. */
    static final class Unacceptable extends Exception {
        private static final long serialVersionUID = 1;
        final transient Errno errno;

        Unacceptable(Errno errno) {
            super(errno.words);
            this.errno = errno;
        }
    }

    private static final Set<String> HARDWARE_HANDLERS = Set.of("alua", "rdac", "emc", "hp_sw");
    private static final int MOST = 1024;

    private final SimulatedKernel kernel;
    private final Predicate<PathDevice> inUse;
    private final List<String> words;
    private int at;

    private MultipathParser(SimulatedKernel kernel, String parameters, Predicate<PathDevice> inUse) {
        this.kernel = kernel;
        this.inUse = inUse;
        this.words = Arrays.stream(parameters.trim().split("\\s+", -1)).toList();
    }

    /** @param inUse paths that the device has already: they are taken without opening them anew */
    static MultipathTarget parse(SimulatedKernel kernel, String parameters, Predicate<PathDevice> inUse)
            throws Unacceptable {
        return new MultipathParser(kernel, parameters, inUse).target();
    }

    private MultipathTarget target() throws Unacceptable {
        var target = new MultipathTarget();
        features(target, number(0, 8));
        var handlerWords = number(0, MOST);
        for (var i = 0; i < handlerWords; i++) {
            var word = next();
            if (i == 0) {
                target.hardwareHandler = Optional.of(word);
                require(HARDWARE_HANDLERS.contains(word));
            }
        }
        var groups = number(0, MOST);
        var initial = number(0, MOST);
        require((groups == 0) == (initial == 0));
        while (at < words.size()) {
            target.groups.add(group());
        }
        require(target.groups.size() == groups);
        target.started(initial);
        return target;
    }

    private void features(MultipathTarget target, int count) throws Unacceptable {
        var end = at + count;
        while (at < end) {
            var word = next().toLowerCase(Locale.ROOT);
            switch (word) {
                case "queue_if_no_path" -> target.queueIfNoPath = true;
                case "retain_attached_hw_handler" -> target.features.put(word, 1);
                case "pg_init_retries" -> target.features.put(word, argument(end, 1, 50));
                case "pg_init_delay_msecs" -> target.features.put(word, argument(end, 0, 60000));
                case "queue_mode" -> target.takesBios = takesBios(end);
                default -> throw new Unacceptable(Errno.EINVAL);
            }
        }
    }

    private boolean takesBios(int end) throws Unacceptable {
        require(at < end);
        return switch (next().toLowerCase(Locale.ROOT)) {
            case "bio" -> true;
            case "rq", "mq" -> false;
            default -> throw new Unacceptable(Errno.EINVAL);
        };
    }

    private int argument(int end, int least, int most) throws Unacceptable {
        require(at < end);
        return number(least, most);
    }

    private Group group() throws Unacceptable {
        var word = next();
        var selector = Arrays.stream(Selector.values())
                .filter(known -> known.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new Unacceptable(Errno.EINVAL));
        var selectorWords = number(0, MOST);
        for (var i = 0; i < selectorWords; i++) {
            next();
        }
        var group = new Group(selector);
        var paths = number(1, MOST);
        var args = number(0, MOST);
        for (var i = 0; i < paths; i++) {
            group.paths.add(path(selector, args));
        }
        return group;
    }

    private Path path(Selector selector, int args) throws Unacceptable {
        require(at + 1 + args <= words.size());
        var device = device(next());
        require(args <= selector.tableArgs);
        var values = new ArrayList<Integer>();
        for (var i = 0; i < args; i++) {
            values.add(number(0, Integer.MAX_VALUE));
        }
        var told = new ArrayList<Integer>();
        told.add(1);
        if (selector == Selector.SERVICE_TIME) {
            told.add(values.size() > 1 ? values.get(1) : 1);
        }
        return new Path(device, told);
    }

    private PathDevice device(String word) throws Unacceptable {
        var number = DevT.parse(word).orElseThrow(() -> new Unacceptable(Errno.ENODEV));
        var device = kernel.disk(number).orElseThrow(() -> new Unacceptable(Errno.ENXIO));
        if (!device.opens() && !inUse.test(device)) {
            throw new Unacceptable(Errno.ENXIO);
        }
        return device;
    }

    private int number(int least, int most) throws Unacceptable {
        var word = next();
        require(word.matches("\\d{1,9}"));
        var number = Integer.parseInt(word);
        require(number >= least && number <= most);
        return number;
    }

    private String next() throws Unacceptable {
        require(at < words.size());
        return words.get(at++);
    }

    private static void require(boolean holds) throws Unacceptable {
        if (!holds) {
            throw new Unacceptable(Errno.EINVAL);
        }
    }
}

package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.lunwarden.fleet.localization.ComponentName;

/** How a SAN is laid out. */
enum Family {
    SINGLE_SWITCH,
    CORE_EDGE_2,
    CORE_EDGE_4,
    CORE_EDGE_8,
    MESH,
    NPV,
    TWO_SITES,
    ISCSI,
    NVME_TCP,
    SAS,
    MIXED;

    /** @param nexuses of one host: 4, 8 or 32 */
    record Size(int hosts, int nexuses) {}

    private static final class Plan {
        final List<San.Row> rows = new ArrayList<>();
        final List<ComponentName> crossed = new ArrayList<>();

        Plan by(String kind, String id) {
            crossed.add(new ComponentName(kind, id));
            return this;
        }

        void row(String host, String initiator, String target) {
            rows.add(new San.Row(host, initiator, target, List.copyOf(crossed)));
            crossed.clear();
        }
    }

    /** @param isSkewed few hosts at most arrays and many at few, and a third of all hosts with one adapter alone */
    San plan(Size size, boolean isSkewed, long seed) {
        var plan = new Plan();
        var random = new SplittableRandom(seed);
        var arrays = Math.max(2, size.hosts / 40);
        for (var h = 0; h < size.hosts; h++) {
            var family = this == MIXED ? (h % 2 == 0 ? CORE_EDGE_4 : ISCSI) : this;
            var perSide = size.nexuses / 2;
            var targetsOfArray = perSide >= 4 ? 4 : 2;
            var first = isSkewed ? skewed(random, arrays) : random.nextInt(arrays);
            var sides = isSkewed && random.nextInt(3) == 0 ? 1 : 2;
            for (var side = 0; side < sides; side++) {
                for (var k = 0; k < perSide; k++) {
                    var array = (first + k / targetsOfArray) % arrays;
                    var port = k % targetsOfArray;
                    family.row(plan, size.hosts, h, side, array, port % 2, port / 2, targetsOfArray / 2);
                }
            }
        }
        return new San(plan.rows);
    }

    private static int skewed(SplittableRandom random, int arrays) {
        return (int) Math.min(arrays - 1.0, Math.floor(arrays * Math.pow(random.nextDouble(), 3)));
    }

    private void row(Plan plan, int hosts, int h, int side, int array, int controller, int port, int ports) {
        var host = "h%05d".formatted(h);
        var model = switch (h % 10) {
            case 0, 1, 2, 3, 4, 5 -> "lpfc/14.2";
            case 6, 7, 8 -> "qla2xxx/10.2";
            default -> "lpfc/12.8";
        };
        var fabric = side == 0 ? "A" : "B";
        var arr = (this == ISCSI ? "san" : "arr") + array;
        switch (this) {
            case ISCSI, NVME_TCP -> {
                var nic = "%s/eth%d".formatted(host, side);
                var leaf = "leaf%d-%d".formatted(side, h / 24);
                var portal = "10.%d.%d.%d:%d"
                        .formatted(side, array, 10 + 2 * controller + port, this == ISCSI ? 3260 : 4420);
                plan.by("host", host)
                        .by("nic", nic)
                        .by("initiatorSwitch", leaf)
                        .by("spine", "spine%d-%d".formatted(side, (h + array + port) % 2))
                        .by("subnet", "10.%d.0.0/16".formatted(side))
                        .by("targetPort", portal)
                        .by("controller", arr + "/ctl" + controller)
                        .by("array", arr);
                plan.row(host, nic, portal);
            }
            case SAS -> {
                var pod = h / 4;
                var hba = "5%03d%06d%06d".formatted(side, h, 0);
                var target = "5e%d%04d%d%d".formatted(side, pod, controller, port);
                plan.by("host", host)
                        .by("hbaPort", hba)
                        .by("hbaFirmware", h % 3 == 0 ? "mpt3sas/43" : "mpt3sas/35")
                        .by("expander", "jbod%d/exp%d".formatted(pod, side))
                        .by("targetPort", target)
                        .by("controller", "jbod%d/ctl%d".formatted(pod, controller))
                        .by("array", "jbod" + pod);
                plan.row(host, hba, target + "-" + array);
            }
            default -> fc(plan, hosts, h, host, model, fabric, arr, array, controller, port, ports);
        }
    }

    private void fc(
            Plan plan,
            int hosts,
            int h,
            String host,
            String model,
            String fabric,
            String arr,
            int array,
            int controller,
            int port,
            int ports) {
        var hba = "10000000c9%s%05d".formatted(fabric.equals("A") ? "a" : "b", h);
        var target = "50%s%05d%d%d".formatted(fabric.equals("A") ? "0a" : "0b", array, controller, port);
        var targetIndex = array * 2 * ports + controller * ports + port;
        var from = 0;
        var to = 0;
        var site = h % 2;
        switch (this) {
            case CORE_EDGE_2, CORE_EDGE_4, CORE_EDGE_8 -> {
                from = 20 + h % Math.max(2, hosts / 50);
                to = 1 + targetIndex % cores();
            }
            case MESH -> {
                from = 1 + h % 8;
                to = 1 + (targetIndex * 7 + array) % 8;
            }
            case NPV -> {
                from = 1 + (h / 16) % 2;
                to = 1 + targetIndex % 2;
                plan.by("initiatorArea", "%s/%d/%d".formatted(fabric, from, h / 16));
            }
            case TWO_SITES -> {
                from = 10 + site * 10 + (h / 2) % Math.max(2, hosts / 100);
                to = 1 + array % 2;
                if (site != array % 2) {
                    plan.by("siteLink", "%s/%d-%d".formatted(fabric, site, array % 2));
                }
            }
            default -> {
                from = 1;
                to = 1;
            }
        }
        plan.by("host", host)
                .by("hbaPort", hba)
                .by("hbaFirmware", model)
                .by("initiatorSwitch", fabric + "/" + from)
                .by("targetSwitch", fabric + "/" + to)
                .by("targetPort", target)
                .by("controller", arr + "/ctl" + controller)
                .by("array", arr)
                .by("fabric", fabric);
        if (from != to) {
            plan.by("isl", "%s/%d-%d".formatted(fabric, from, to));
        }
        plan.row(host, hba, target);
    }

    private int cores() {
        return switch (this) {
            case CORE_EDGE_4 -> 4;
            case CORE_EDGE_8 -> 8;
            default -> 2;
        };
    }
}

package org.lunwarden.fleet.diagnosis;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** All components that a nexus crosses, those understood included. */
final class Crossing {

    private static final String NAMELESS_PORT = "scsi-host-";

    private Crossing() {}

    static List<Component> of(Observation row) {
        var named = causes(row.components());
        var host = false;
        var initiator = false;
        var target = false;
        var nameless = false;
        for (var component : named) {
            host |= component.kind() == ComponentClass.HOST;
            target |= component.kind() == ComponentClass.TARGET_PORT;
            if (component.kind() == ComponentClass.HBA_PORT) {
                initiator = true;
                nameless |= isNameless(component.id());
            }
        }
        return host && initiator && target && !nameless ? named : completed(row, named, host, initiator, target);
    }

    /** Where something stands, and what it is maintained with, is no cause. */
    static List<Component> causes(List<Component> components) {
        return components.stream().allMatch(Crossing::isCause)
                ? components
                : components.stream().filter(Crossing::isCause).toList();
    }

    private static boolean isCause(Component component) {
        return component.kind() != ComponentClass.SITE && component.kind() != ComponentClass.GROUP;
    }

    private static List<Component> completed(
            Observation row, List<Component> named, boolean host, boolean initiator, boolean target) {
        var all = new ArrayList<Component>(named.size() + 3);
        for (var component : named) {
            all.add(
                    component.kind() == ComponentClass.HBA_PORT && isNameless(component.id())
                            ? ofHost(row, component.id())
                            : component);
        }
        if (!host) {
            all.add(new Component(ComponentClass.HOST, row.host().value()));
        }
        if (!initiator) {
            var port = row.nexus().initiatorPort();
            all.add(isNameless(port) ? ofHost(row, port) : new Component(ComponentClass.HBA_PORT, port));
        }
        if (!target) {
            all.add(new Component(ComponentClass.TARGET_PORT, row.nexus().targetPort()));
        }
        return all;
    }

    /** A port that every host numbers for itself is one of this host only. */
    private static boolean isNameless(String port) {
        return port.startsWith(NAMELESS_PORT);
    }

    private static Component ofHost(Observation row, String port) {
        return new Component(ComponentClass.HBA_PORT, row.host().value() + "/" + port);
    }
}

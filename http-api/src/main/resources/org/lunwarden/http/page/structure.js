// What is joined to what, read off the components that each nexus crosses.

import { key } from "./fleet.js";

const byId = (a, b) => a.id.localeCompare(b.id, "en", { numeric: true });
const sorted = (map) => [...map.values()].sort(byId);

/**
 * @returns nets: fabrics (or subnets), each with columns of switches from hosts to arrays; arrays with controllers and
 *   ports; hosts: name to its ports; edges: pairs of places and the component whose nexuses run along them
 */
export function structureOf(nexuses, withHosts) {
  const targetSwitches = targetSwitchesOf(nexuses);
  const nets = new Map();
  const arrays = new Map();
  const hosts = new Map();
  const edges = new Map();
  const join = (from, to, carrier) => edges.set(`${from}|${to}`, { id: `${from}|${to}`, from, to, carrier });
  for (const nexus of nexuses) {
    const of = (kind) => nexus.components.find((one) => one.class === kind);
    const port = of("targetPort") ?? { class: "targetPort", id: nexus.targetPort };
    const own = of("hbaPort") ?? { class: "host", id: nexus.host };
    const net = of("fabric") ?? of("subnet");
    const ways = wayThroughSwitches(nexus, targetSwitches.get(nexus.targetPort));
    const stops = ways.length > 0 ? ways : [of("subnet")].filter(Boolean);
    if (net) {
      const known = nets.get(key(net)) ?? { component: net, depths: new Map(), stops: new Map() };
      stops.forEach((stop, index) => {
        known.stops.set(key(stop), stop);
        known.depths.set(key(stop), Math.max(known.depths.get(key(stop)) ?? 0, stops.length - 1 - index));
      });
      nets.set(key(net), known);
    }
    const ports = hosts.get(nexus.host) ?? new Map();
    ports.set(key(own), { component: own, net: net ? key(net) : "" });
    hosts.set(nexus.host, ports);
    addPort(arrays, of("array") ?? of("controller") ?? port, of("controller"), port);
    if (stops.length > 0) join(withHosts ? key(own) : "hosts", key(stops[0]), withHosts ? own : stops[0]);
    for (let i = 1; i < stops.length; i++) {
      join(key(stops[i - 1]), key(stops[i]), linkOf(nexus, stops[i - 1], stops[i]) ?? stops[i]);
    }
    join(stops.length > 0 ? key(stops.at(-1)) : withHosts ? key(own) : "hosts", key(port), port);
    if (of("controller")) join(key(port), key(of("controller")), port);
  }
  return {
    nets: [...nets.values()].map(columnsOf).sort((a, b) => byId(a.component, b.component)),
    arrays: sorted(arrays).map((array) => ({
      component: array.component, controllers: sorted(array.controllers),
      ports: [...array.ports.values()].sort((a, b) => byId(a.controller ?? a.port, b.controller ?? b.port) || byId(a.port, b.port))
        .map((one) => one.port),
    })),
    hosts: new Map([...hosts].map(([name, ports]) => [name, [...ports.values()].sort((a, b) => a.net.localeCompare(b.net)
      || byId(a.component, b.component))])),
    edges: [...edges.values()],
  };
}

function addPort(arrays, array, controller, port) {
  const known = arrays.get(key(array)) ?? { id: array.id, component: array, controllers: new Map(), ports: new Map() };
  if (controller) known.controllers.set(key(controller), controller);
  known.ports.set(key(port), { port, controller });
  arrays.set(key(array), known);
}

function columnsOf(net) {
  const deepest = Math.max(0, ...net.depths.values());
  const columns = Array.from({ length: deepest + 1 }, () => []);
  for (const [id, stop] of net.stops) columns[deepest - net.depths.get(id)].push(stop);
  return { component: net.component, columns: columns.map((column) => column.sort(byId)) };
}

/** The switch that all nexuses of a target port cross is the one it is plugged into. */
function targetSwitchesOf(nexuses) {
  const shared = new Map();
  for (const nexus of nexuses) {
    const ids = nexus.components.filter((one) => one.class === "switch").map((one) => one.id);
    if (ids.length === 0) continue;
    const before = shared.get(nexus.targetPort);
    shared.set(nexus.targetPort, before ? before.filter((id) => ids.includes(id)) : ids);
  }
  return new Map([...shared].map(([port, ids]) => [port, ids[0]]));
}

/** The switches of a nexus from host to array: back from the target's switch, link by link. */
function wayThroughSwitches(nexus, targetSwitch) {
  const left = nexus.components.filter((one) => one.class === "switch");
  if (left.length < 2) return left;
  const start = Math.max(0, left.findIndex((one) => one.id === targetSwitch));
  const way = left.splice(start, 1);
  while (left.length > 0) {
    const next = Math.max(0, left.findIndex((one) => linkOf(nexus, one, way[0]) !== undefined));
    way.unshift(left.splice(next, 1)[0]);
  }
  return way;
}

/** The link between two switches: its id ends with their domains, as in {@code fabric/1-11}. */
function linkOf(nexus, one, other) {
  const domain = (component) => component.id.slice(component.id.lastIndexOf("/") + 1);
  const ends = [`/${domain(one)}-${domain(other)}`, `/${domain(other)}-${domain(one)}`];
  return nexus.components.find((link) => link.class === "isl" && ends.some((end) => link.id.endsWith(end)));
}

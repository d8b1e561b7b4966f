// The fleet as a picture: hosts on the left, the switches of each fabric between, arrays on the right.

import { drawn } from "./dom.js";
import { key, stateOf } from "./fleet.js";

const COLUMNS = ["hosts", "host switches", "array switches", "target ports", "controllers", "arrays"];
const GAP = 8;
const HEIGHT = 26;
const WIDTH = 132;
const STEP = 186;

/** Which column each component stands in, and which pairs are joined by how many nexuses in which state. */
export function layOut(fleet) {
  const columns = COLUMNS.map(() => new Map());
  const edges = new Map();
  const roles = switchRoles(fleet.nexuses);
  for (const nexus of fleet.nexuses) {
    const way = wayOf(nexus, roles);
    way.forEach((stop) => columns[stop.column].set(key(stop.component), stop.component));
    for (let i = 1; i < way.length; i++) {
      const id = `${key(way[i - 1].component)}|${key(way[i].component)}`;
      const edge = edges.get(id) ?? { from: way[i - 1].component, to: way[i].component, counts: {} };
      edge.counts[nexus.state] = (edge.counts[nexus.state] ?? 0) + 1;
      edges.set(id, edge);
    }
  }
  for (const host of fleet.hosts) {
    const component = { class: "host", id: host.host };
    columns[0].set(key(component), component);
  }
  return { columns, edges: [...edges.values()] };
}

function wayOf(nexus, roles) {
  const of = (kind) => nexus.components.filter((component) => component.class === kind);
  const stops = [{ column: 0, component: { class: "host", id: nexus.host } }];
  const switches = of("switch");
  const target = switches.find((one) => roles.target.has(one.id)) ?? switches[switches.length - 1];
  switches.filter((one) => one !== target).forEach((component) => stops.push({ column: 1, component }));
  if (target) stops.push({ column: 2, component: target });
  of("subnet").forEach((component) => stops.push({ column: 1, component }));
  of("targetPort").forEach((component) => stops.push({ column: 3, component }));
  of("controller").forEach((component) => stops.push({ column: 4, component }));
  of("array").forEach((component) => stops.push({ column: 5, component }));
  return stops;
}

/** The switch that all nexuses of a target port share is the one it is plugged into. */
function switchRoles(nexuses) {
  const shared = new Map();
  for (const nexus of nexuses) {
    const ids = nexus.components.filter((one) => one.class === "switch").map((one) => one.id);
    const before = shared.get(nexus.targetPort);
    shared.set(nexus.targetPort, before ? before.filter((id) => ids.includes(id)) : ids);
  }
  const target = new Set();
  for (const ids of shared.values()) if (ids.length > 0) target.add(ids[ids.length - 1]);
  return { target };
}

export function picture(fleet, chosen, choose) {
  const { columns, edges } = layOut(fleet);
  const labels = new Map(fleet.components.map((one) => [key(one), one.label]));
  const counts = new Map(fleet.components.map((one) => [key(one), one.nexuses]));
  const broken = new Map(fleet.parts.map((part) => [key(part.component), part.failed]));
  const contact = new Map(fleet.hosts.map((host) => [`host ${host.host}`, host.contact]));
  const used = columns.map((column, index) => ({ index, parts: [...column.values()].sort(byId) }))
    .filter((column) => column.parts.length > 0);
  const tallest = Math.max(...used.map((column) => column.parts.length), 1);
  const height = 30 + tallest * (HEIGHT + GAP);
  const places = new Map();
  used.forEach((column, x) => column.parts.forEach((part, y) => {
    const slot = (height - 30) / column.parts.length;
    places.set(key(part), { x: x * STEP, y: 30 + slot * (y + 0.5) - HEIGHT / 2 });
  }));
  const nodes = used.flatMap((column) => column.parts.map((part) => {
    const id = key(part);
    const at = places.get(id);
    const silent = contact.has(id) && contact.get(id) !== "reporting";
    const state = silent ? "unknown" : stateOf(counts.get(id) ?? {});
    const label = labels.get(id) ?? part.id;
    const classes = ["node", state, broken.get(id) ? "broken" : "", chosen === id ? "chosen" : ""];
    return drawn("g", {
      class: classes.filter(Boolean).join(" "), transform: `translate(${at.x},${at.y})`, tabindex: 0, role: "button",
      "aria-label": `${label}: ${silent ? contact.get(id) : state}`, "data-component": id,
      onclick: () => choose(part), onkeydown: (event) => { if (event.key === "Enter") choose(part); },
    }, drawn("rect", { width: WIDTH, height: HEIGHT }), drawn("circle", { class: "lamp", cx: 12, cy: HEIGHT / 2, r: 4.5 }),
    drawn("text", { x: 22, y: HEIGHT / 2 + 4 }, short(label)), drawn("title", {}, `${label}\n${words(counts.get(id))}`));
  }));
  const lines = edges.map((edge) => {
    const from = places.get(key(edge.from));
    const to = places.get(key(edge.to));
    const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
    return drawn("path", {
      class: `edge ${stateOf(edge.counts)}`,
      d: `M${x1},${y1} C${x1 + 28},${y1} ${x2 - 28},${y2} ${x2},${y2}`,
    });
  });
  const heads = used.map((column, x) => drawn("text", { class: "column", x: x * STEP + 4, y: 14 }, COLUMNS[column.index]));
  return drawn("svg", { viewBox: `-4 0 ${used.length * STEP - (STEP - WIDTH) + 8} ${height}`, role: "group" },
    lines, nodes, heads);
}

const byId = (a, b) => a.id.localeCompare(b.id, "en", { numeric: true });
const short = (label) => {
  const bare = label.replace(/^(host|target port|array|controller) /, "").replace(/ of (fabric|array) /, " · ");
  return bare.length > 19 ? `…${bare.slice(-18)}` : bare;
};
const words = (counts = {}) =>
  Object.entries(counts).filter(([, n]) => n > 0).map(([state, n]) => `${n} ${state}`).join(", ");

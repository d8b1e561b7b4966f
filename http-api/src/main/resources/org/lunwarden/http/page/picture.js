// The fleet as a picture: hosts, then each fabric's switches from hosts to arrays, then ports, controllers and arrays.

import { h, pressed } from "./dom.js";
import { hostState, key, stateOf, totalOf } from "./fleet.js";

const ROW = 30;
const NODE = { width: 136, height: 24 };
const HEAD = 30;
const PAD = 14;
const GAP = 64;
const BETWEEN_BOXES = 18;
const CELL = 13;
const CELLS_A_ROW = 16;
const MARKS = { up: "", partial: "!", down: "×", unknown: "?", admin: "–" };

/** @param asked what is chosen, which parts are suspected and which were failed on purpose, and what a click does */
export function picture(fleet, structure, asked) {
  const draw = new Drawing(fleet, asked);
  const large = ![...structure.edges].some((edge) => edge.from.startsWith("hbaPort") || edge.from.startsWith("host "));
  const hostsHeight = large && fleet.hosts.length > 0 ? gridHeight(fleet) : HEAD + fleet.hosts.length * ROW;
  const nets = structure.nets.map((net) => ({ ...net, rows: Math.max(1, ...net.columns.map((one) => one.length)) }));
  const arrays = structure.arrays.map((one) => ({ ...one, rows: Math.max(one.ports.length, one.controllers.length, 1) }));
  const height = Math.max(hostsHeight, stackHeight(nets), stackHeight(arrays), 120);
  const depth = Math.max(0, ...nets.map((net) => net.columns.length));
  const hostsWidth = large ? CELLS_A_ROW * CELL + 4 : NODE.width;
  const netsAt = hostsWidth + GAP;
  const netsWidth = depth === 0 ? 0 : depth * NODE.width + (depth - 1) * GAP + 2 * PAD;
  const arraysAt = netsAt + netsWidth + (depth === 0 ? 0 : GAP);
  const arraysWidth = 2 * NODE.width + GAP / 2 + 2 * PAD;

  const hosts = large ? draw.grid(fleet.hosts, height) : draw.hosts(fleet.hosts, structure.hosts, height);
  const netBoxes = stacked(nets, height).map(({ one, y, tall }) => draw.box(one.component, netsAt, y, netsWidth, tall,
    one.columns.flatMap((column, index) => draw.column(
      column, netsAt + PAD + (index + depth - one.columns.length) * (NODE.width + GAP), y + HEAD, tall - HEAD - PAD))));
  const arrayBoxes = stacked(arrays, height).map(({ one, y, tall }) => draw.box(one.component, arraysAt, y, arraysWidth, tall, [
    draw.column(one.ports, arraysAt + PAD, y + HEAD, tall - HEAD - PAD),
    draw.column(one.controllers, arraysAt + PAD + NODE.width + GAP / 2, y + HEAD, tall - HEAD - PAD)]));
  const edges = structure.edges.map((edge) => draw.edge(edge)).filter(Boolean);
  const width = arraysAt + (arrays.length > 0 ? arraysWidth : 0);
  return h("svg", { viewBox: `-6 -4 ${width + 12} ${height + 8}`, role: "group", "aria-label": "Parts of the fleet, by state" },
    h("g", { key: "boxes" }, netBoxes.map((box) => box.frame), arrayBoxes.map((box) => box.frame)),
    h("g", { key: "edges" }, edges),
    h("g", { key: "hosts" }, hosts),
    h("g", { key: "nodes" }, netBoxes.map((box) => box.inside), arrayBoxes.map((box) => box.inside)));
}

const tallOf = (one) => HEAD + one.rows * ROW + PAD;
const stackHeight = (all) => all.reduce((sum, one) => sum + tallOf(one) + BETWEEN_BOXES, -BETWEEN_BOXES);
const gridHeight = (fleet) => HEAD + Math.ceil(fleet.hosts.length / CELLS_A_ROW) * CELL;

/** Boxes one above the other, sharing what is left of the height. */
function stacked(all, height) {
  const more = all.length === 0 ? 0 : (height - stackHeight(all)) / all.length;
  let y = 0;
  return all.map((one) => {
    const place = { one, y, tall: tallOf(one) + more };
    y += place.tall + BETWEEN_BOXES;
    return place;
  });
}

class Drawing {
  constructor(fleet, asked) {
    this.fleet = fleet;
    this.asked = asked;
    this.places = new Map();
  }

  counts(component) {
    return this.fleet.components.get(key(component))?.nexuses ?? {};
  }

  classes(component, kind, state = stateOf(this.counts(component))) {
    const id = key(component);
    return [kind, state, this.asked.broken.has(id) && "broken", this.asked.suspects.has(id) && "suspect",
      this.asked.chosen === id && "chosen"].filter(Boolean).join(" ");
  }

  /** What makes a shape a part that can be chosen. */
  part(component, kind, state = stateOf(this.counts(component)), more = "") {
    const label = this.asked.label(component);
    return {
      key: key(component), class: this.classes(component, kind, state), "data-component": key(component),
      ...pressed(() => this.asked.choose(component)), "aria-label": `${label}: ${state}${more}`,
      "aria-pressed": this.asked.chosen === key(component) ? "true" : "false",
    };
  }

  node(component, x, y, state, more) {
    const counts = this.counts(component);
    const shown = state ?? stateOf(counts);
    this.places.set(key(component), { left: x, right: x + NODE.width, y: y + NODE.height / 2 });
    const share = shown === "partial" ? `${counts.up ?? 0}/${totalOf(counts)}` : "";
    const fits = NODE.width - 26 - share.length * 6;
    return h("g", { ...this.part(component, "node", shown, more), transform: `translate(${x},${y})` },
      h("title", {}, `${this.asked.label(component)}\n${words(counts)}`),
      h("rect", { width: NODE.width, height: NODE.height, rx: 5 }),
      h("circle", { class: "lamp", cx: 12, cy: 12, r: 6 }),
      h("text", { class: "mark", x: 12, y: 16 }, MARKS[shown]),
      h("text", { x: 23, y: 16 }, fitting(this.asked.label(component), fits)),
      h("text", { class: "share", x: NODE.width - 5, y: 16 }, share));
  }

  column(components, x, y, height) {
    const slot = height / Math.max(1, components.length);
    return components.map((one, index) => this.node(one, x, y + slot * (index + 0.5) - NODE.height / 2));
  }

  box(component, x, y, width, height, inside) {
    const head = h("g", this.part(component, "boxhead"),
      h("title", {}, `${this.asked.label(component)}\n${words(this.counts(component))}`),
      h("rect", { x: x + 6, y: y + 4, width: width - 12, height: 22, rx: 5 }),
      h("circle", { class: "lamp", cx: x + PAD + 6, cy: y + 15, r: 6 }),
      h("text", { class: "mark", x: x + PAD + 6, y: y + 19 }, MARKS[stateOf(this.counts(component))]),
      h("text", { x: x + PAD + 18, y: y + 19.5 }, capital(this.asked.label(component))));
    return {
      frame: h("rect", { key: key(component), class: this.classes(component, "box"), x, y, width, height, rx: 9 }),
      inside: [head, inside],
    };
  }

  /** A host with its ports at its edge, the first fabric's first. */
  hosts(hosts, ports, height) {
    const slot = (height - HEAD) / Math.max(1, hosts.length);
    return [h("text", { class: "column", x: 2, y: 19 }, `Hosts (${hosts.length})`), ...hosts.map((host, index) => {
      const y = HEAD + slot * (index + 0.5) - NODE.height / 2;
      const state = hostState(host);
      const more = host.contact === "reporting" ? "" : `, ${host.contact}`;
      const own = (ports.get(host.host) ?? []).filter((port) => port.component.class === "hbaPort");
      const tall = NODE.height / Math.max(1, own.length);
      return h("g", { key: host.host },
        this.node({ class: "host", id: host.host }, 0, y, state, more),
        own.map(({ component }, at) => {
          this.places.set(key(component), { left: NODE.width, right: NODE.width + 9, y: y + tall * (at + 0.5) });
          return h("g", this.part(component, "port"),
            h("title", {}, `${this.asked.label(component)}\n${words(this.counts(component))}`),
            h("rect", { x: NODE.width - 1, y: y + tall * at + 1, width: 10, height: tall - 2, rx: 2 }));
        }));
    })];
  }

  /** Many hosts: a cell each, moved about with the arrow keys. */
  grid(hosts, height) {
    const asked = hosts.findIndex((host) => this.asked.chosen === `host ${host.host}`);
    const cells = hosts.map((host, index) => {
      const component = { class: "host", id: host.host };
      const part = this.part(component, "cell", hostState(host), host.contact === "reporting" ? "" : `, ${host.contact}`);
      return h("rect", {
        ...part, tabindex: index === Math.max(0, asked) ? 0 : -1, rx: 2,
        x: 2 + (index % CELLS_A_ROW) * CELL, y: HEAD + Math.floor(index / CELLS_A_ROW) * CELL, width: CELL - 2, height: CELL - 2,
        onkeydown: (event) => { if (!moved(event, index)) part.onkeydown(event); },
      }, h("title", {}, `host ${host.host}: ${words(host.nexuses)}`));
    });
    const width = CELLS_A_ROW * CELL + 2;
    this.places.set("hosts", { left: 0, right: width, y: height / 2 });
    return [h("text", { class: "column", x: 2, y: 19 }, `Hosts (${hosts.length})`), h("g", { key: "cells" }, cells)];
  }

  edge({ id, from, to, carrier }) {
    const [start, end] = [this.places.get(from), this.places.get(to)];
    if (!start || !end) return undefined;
    const bend = Math.max(16, (end.left - start.right) / 2);
    const line = `M${start.right},${start.y} C${start.right + bend},${start.y} ${end.left - bend},${end.y} ${end.left},${end.y}`;
    const shape = h("path", { class: "line", d: line });
    if (carrier.class !== "isl") return h("g", { key: id, class: this.classes(carrier, "edge") }, shape);
    return h("g", { ...this.part(carrier, "edge isl"), key: id },
      h("title", {}, `${this.asked.label(carrier)}\n${words(this.counts(carrier))}`), h("path", { class: "grip", d: line }), shape);
  }
}

function moved(event, index) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: CELLS_A_ROW, ArrowUp: -CELLS_A_ROW }[event.key];
  const cell = step && event.currentTarget.parentNode.children[index + step];
  if (!cell) return false;
  event.preventDefault();
  event.currentTarget.setAttribute("tabindex", -1);
  cell.setAttribute("tabindex", 0);
  cell.focus();
  return true;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A label without what its place in the picture says already. */
function fitting(label, width) {
  const bare = label.replace(/^host /, "").replace(/ of (fabric|array) .*$/, "").replace(/^target port /, "");
  const room = Math.floor(width / 6.2);
  return bare.length > room ? `…${bare.slice(1 - room)}` : bare;
}

export const words = (counts = {}) => {
  const some = Object.entries(counts).filter(([, n]) => n > 0).map(([state, n]) => `${n} ${state}`);
  return some.length > 0 ? `nexuses: ${some.join(", ")}` : "no nexus known";
};

// The part that was chosen: its state, what of it can be failed or restored, and what crosses it.

import { h, many } from "./dom.js";
import { ask, key, stateOf, tell, through, totalOf } from "./fleet.js";

const ROWS = 500;
const kept = { of: "", about: "", details: undefined, problem: "" };

export function chosen(fleet, structure, component, labelOf, actions) {
  if (!component) return nothingChosen(fleet, labelOf, actions);
  const known = fleet.components.get(key(component));
  const host = component.class === "host" ? fleet.hosts.find((one) => one.host === component.id) : undefined;
  lookUp(component, host, known, actions.redraw);
  const counts = known?.nexuses ?? {};
  const state = host && host.contact !== "reporting" ? "unknown" : stateOf(counts);
  return [
    h("h2", {}, labelOf(component)),
    h("p", { key: "state" }, h("span", { class: `chip ${state}` }, state), " ",
      host ? `${host.contact}, last heard ${Math.round(host.silentSeconds)} s ago` : many(known?.hosts ?? 0, "host")),
    partButtons(fleet, component, actions),
    kept.problem && h("p", { key: "problem", class: "doubt", role: "alert" }, kept.problem),
    h("dl", { key: "facts" }, h("dt", {}, "id"), h("dd", {}, component.id),
      h("dt", {}, "nexuses"), h("dd", {}, `${counts.up ?? 0} of ${totalOf(counts)} up`),
      host && [h("dt", { key: "v" }, "version"), h("dd", { key: "vv" }, host.version)]),
    inside(fleet, structure, component, labelOf, actions),
    kept.of === key(component) && kept.details && (host ? hostTables(kept.details, labelOf) : throughTable(kept.details, actions)),
  ];
}

function nothingChosen(fleet, labelOf, actions) {
  const ill = [...fleet.components.values()].filter((one) => ["down", "unknown"].includes(stateOf(one.nexuses))).slice(0, 30);
  return [
    h("h2", {}, "Parts"),
    h("p", { class: "soft" }, fleet.parts.length > 0
      ? "Choose a part of the picture, then fail it." : "Choose a part of the picture for what crosses it."),
    ill.length > 0 && h("ul", { key: "ill", class: "names" }, ill.map((one) =>
      h("li", { key: key(one) }, link(one, labelOf, actions), ` ${stateOf(one.nexuses)}`))),
  ];
}

function partButtons(fleet, component, actions) {
  return fleet.parts.filter((one) => key(one.component) === key(component)).map((part) =>
    h("p", { key: part.id }, h("button", {
      type: "button", class: part.failed ? "main" : "danger", "data-part": part.id, onclick: () => actions.toggle(part),
    }, `${part.failed ? "Restore" : "Fail"} ${part.label}`)));
}

/** Smaller parts that belong to this one. */
function inside(fleet, structure, component, labelOf, actions) {
  const net = structure.nets.find((one) => key(one.component) === key(component));
  const array = structure.arrays.find((one) => key(one.component) === key(component));
  const links = net ? structure.edges.filter((edge) => edge.carrier.class === "isl"
    && edge.carrier.id.startsWith(`${component.id}/`)).map((edge) => edge.carrier) : [];
  const parts = component.class === "host" ? (structure.hosts.get(component.id) ?? []).map((port) => port.component)
    : net ? [...net.columns.flat(), ...links] : array ? [...array.controllers, ...array.ports] : [];
  const smaller = parts.filter((one) => key(one) !== key(component));
  return smaller.length > 0 && h("p", { key: "inside", class: "names" }, smaller.map((one) =>
    h("span", { key: key(one) }, h("i", { class: `dot ${stateOf(fleet.components.get(key(one))?.nexuses)}` }),
      link(one, labelOf, actions))));
}

const link = (component, labelOf, actions) =>
  h("button", { type: "button", class: "link", onclick: () => actions.choose(component) }, labelOf(component));

/** Asks for the details when what they are about changed; until they come, the ones before stay. */
async function lookUp(component, host, known, redraw) {
  const about = `${key(component)} ${host ? host.revision : JSON.stringify(known?.nexuses)}`;
  if (kept.about === about) return;
  kept.about = about;
  try {
    const details = host ? await ask(`/api/v1/hosts/${encodeURIComponent(host.host)}`) : await ask(through(component, ROWS));
    if (kept.about !== about) return;
    Object.assign(kept, { of: key(component), details, problem: "" });
  } catch (wrong) {
    Object.assign(kept, { about: "", problem: wrong.message });
  }
  redraw();
}

export const toggled = (part) => tell(`/demo/v1/parts/${encodeURIComponent(part.id)}/${part.failed ? "restore" : "fail"}`);

function hostTables({ nexuses, maps }, labelOf) {
  return h("div", { key: "host" },
    table("Maps", ["map", "paths", "size", "group"], maps.map((map) => [map.name, [map.wwid,
      `${map.usablePaths} of ${map.paths}${map.queueing ? ", queueing" : ""}`, size(map.sizeBytes),
      map.offBestGroup ? `${map.currentGroup}, best is ${map.bestGroup}` : `${map.currentGroup}`],
    map.usablePaths === 0 ? "down" : map.offBestGroup || map.usablePaths < map.paths ? "partial" : ""])),
    table("Nexuses", ["from", "to", "paths", "state"], nexuses.map((one) => [`${one.initiatorPort} ${one.targetPort}`,
      [one.initiatorPort, labelOf({ class: "targetPort", id: one.targetPort }), `${one.up} of ${one.paths}`, one.state],
      one.state === "up" ? "" : one.state])));
}

function throughTable({ items, total }, actions) {
  const byHost = new Map();
  items.forEach((one) => byHost.set(one.host, [...(byHost.get(one.host) ?? []), one]));
  return h("div", { key: "through" },
    total > items.length && h("p", { class: "soft" }, `The first ${items.length} of ${total} nexuses through it:`),
    table("Hosts through it", ["host", "nexuses up", "paths up"], [...byHost].map(([host, nexuses]) => {
      const up = nexuses.filter((one) => one.state === "up").length;
      const sum = (field) => nexuses.reduce((all, one) => all + one[field], 0);
      return [host, [h("button", { type: "button", class: "link", onclick: () => actions.choose({ class: "host", id: host }) }, host),
        `${up} of ${nexuses.length}`, `${sum("up")} of ${sum("paths")}`], up === 0 ? "down" : up < nexuses.length ? "partial" : ""];
    })));
}

function table(caption, heads, rows) {
  return h("table", { key: caption }, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { key: head, scope: "col" }, head)))),
    h("tbody", {}, rows.map(([id, cells, state]) => h("tr", { key: id, class: state }, cells.map((cell, index) => h("td", { key: index }, cell))))));
}

const size = (bytes) => (bytes >= 2 ** 30 ? `${+(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`);

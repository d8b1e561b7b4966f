// Puts the page together: looks at the fleet when something happened, and shows what changed.

import { h, many, show } from "./dom.js";
import { chosen, toggled } from "./chosen.js";
import { did, happened, heard } from "./events.js";
import { failback } from "./failback.js";
import { FEW_HOSTS, key, listen, look, lookAtNexuses, totalOf, unhurried } from "./fleet.js";
import { incidents } from "./incidents.js";
import { picture } from "./picture.js";
import { structureOf } from "./structure.js";

const place = (id) => document.getElementById(id);
let fleet;
let structure;
let structureIsOf = "";
let component;
let direct = false;
let problem = "";

const labelOf = (one) => {
  const part = fleet.parts.find((known) => key(known.component) === key(one));
  return part?.label ?? fleet.components.get(key(one))?.label ?? `${one.class} ${one.id}`;
};

const partOf = (one) => fleet.parts.find((part) => key(part.component) === key(one));

function choose(one) {
  component = one;
  const part = partOf(one);
  if (direct && part) toggle(part);
  else draw();
}

async function toggle(part) {
  try {
    await toggled(part);
    problem = "";
    did(`You ${part.failed ? "restored" : "failed"} ${part.label}`);
    part.failed = !part.failed;
  } catch (wrong) {
    problem = wrong.message;
  }
  draw();
  refresh();
}

const actions = { choose: (one) => choose(one), toggle, redraw: () => draw() };

function draw() {
  if (!fleet) return;
  const open = fleet.incidents.filter((one) => one.phase !== "resolved");
  show(place("tiles"), tiles(open));
  show(place("switchboard"), switchboard());
  show(place("picture"), picture(fleet, structure, {
    chosen: component && key(component), choose, label: labelOf,
    broken: new Set(fleet.parts.filter((part) => part.failed).map((part) => key(part.component))),
    suspects: new Set(open.filter((one) => one.suspects.length > 0).map((one) => key(one.suspects[0]))),
  }));
  show(place("incidents"), incidents(fleet, labelOf, choose));
  show(place("failback"), failback(fleet, draw, refresh));
  show(place("chosen"), chosen(fleet, structure, component, labelOf, actions));
  show(place("events"), happened());
  summarize(open);
}

function tiles(open) {
  const sum = (field) => fleet.hosts.reduce((all, host) => all + host[field], 0);
  const reporting = fleet.hosts.filter((host) => host.contact === "reporting").length;
  const up = fleet.hosts.reduce((all, host) => all + (host.nexuses.up ?? 0), 0);
  const nexuses = fleet.hosts.reduce((all, host) => all + totalOf(host.nexuses), 0);
  const tile = (name, value, level) => h("div", { key: name, class: `tile ${level}` }, h("dt", {}, name), h("dd", {}, value));
  return [
    tile("hosts reporting", `${reporting} of ${fleet.hosts.length}`, reporting < fleet.hosts.length ? "partial" : "up"),
    tile("nexuses up", `${up} of ${nexuses}`, up < nexuses ? "partial" : "up"),
    tile("open incidents", open.length, open.length > 0 ? "down" : "up"),
    tile("maps without a path", sum("mapsWithoutPath"), sum("mapsWithoutPath") > 0 ? "down" : "up"),
    tile("maps off their best group", sum("mapsOffBestGroup"), sum("mapsOffBestGroup") > 0 ? "partial" : "up"),
  ];
}

/** Only where the SAN is simulated: what was failed on purpose, and whether a click on a part fails it at once. */
function switchboard() {
  if (fleet.parts.length === 0) return [];
  const failed = fleet.parts.filter((part) => part.failed);
  return [
    h("button", {
      type: "button", id: "direct", "aria-pressed": direct ? "true" : "false", onclick: () => { direct = !direct; draw(); },
    }, direct ? "A click fails or restores at once" : "A click chooses"),
    failed.length > 0 && h("span", { key: "by" }, "Failed on purpose:"),
    failed.map((part) => h("button", { key: part.id, type: "button", "data-restore": part.id, onclick: () => toggle(part) },
      `Restore ${part.label}`)),
  ];
}

function summarize(open) {
  const silent = fleet.hosts.filter((host) => host.contact !== "reporting").length;
  const stranded = fleet.hosts.filter((host) => host.mapsWithoutPath > 0).length;
  const away = !fleet.view.member
    ? `This view is out of the fleet: what it shows is ${Math.round(fleet.view.ageSeconds)} s old`
    : fleet.view.majority ? "" : "This view does not reach most of the views, which may know more";
  const { warnings } = fleet.view;
  const words = [
    away,
    open.length > 0 ? open.map((one) => one.title).slice(0, 3).join("; ") : "",
    open.length > 3 ? `${open.length - 3} more incidents` : "",
    stranded > 0 ? `${many(stranded, "host")} with a LUN that has no path` : "",
    silent > 0 ? `${many(silent, "host")} not reporting` : "",
    ...warnings.slice(0, 3),
    warnings.length > 3 ? many(warnings.length - 3, "more warning") : "",
  ].filter(Boolean);
  const calm = fleet.hosts.length === 0 ? "No host has reported yet." : "All is well.";
  show(place("summary"), problem || words.join(" · ") || calm);
  const isBad = problem || away || open.length > 0 || stranded > 0;
  place("summary").className = isBad ? "bad" : silent > 0 || warnings.length > 0 ? "warn" : "good";
  document.title = open.length > 0 ? `(${open.length}) ${open[0].title} · Lunwarden` : "Lunwarden";
}

/** The structure is learnt anew when there are other parts than before, or other hosts. */
async function learnStructure() {
  const large = fleet.hosts.length > FEW_HOSTS;
  const ids = [...fleet.components.keys()].filter((id) => !large || !/^(host|hbaPort|hbaFirmware) /.test(id));
  const now = ids.join("\n");
  if (structure && now === structureIsOf) return;
  structure = structureOf(await lookAtNexuses(fleet), !large);
  structureIsOf = now;
}

const refresh = unhurried(async () => {
  if (document.hidden && fleet) return;
  try {
    fleet = await look();
    await learnStructure();
    problem = "";
    draw();
  } catch (wrong) {
    problem = `The view does not answer: ${wrong.message}`;
    show(place("summary"), problem);
    place("summary").className = "bad";
  }
});

listen(heard, refresh);

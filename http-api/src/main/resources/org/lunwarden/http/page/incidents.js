// Incidents: what failed, how that is known, and what happened since.

import { clock, h, many } from "./dom.js";

const SHOWN = 8;
const PHASES = { provisional: "maybe", confirmed: "confirmed", resolving: "coming back", resolved: "over" };

export function incidents(fleet, labelOf, choose) {
  const open = fleet.incidents.filter((one) => one.phase !== "resolved");
  const over = fleet.incidents.filter((one) => one.phase === "resolved");
  return [
    h("h2", {}, "Incidents"),
    open.length === 0 && h("p", { class: "soft" }, "None open."),
    [...open, ...over].slice(0, SHOWN).map((one) => article(one, labelOf, choose)),
    fleet.view.unexplainedNexuses > 0 && h("p", { key: "unexplained", class: "doubt", id: "unexplained" },
      `${many(fleet.view.unexplainedNexuses, "nexus", "nexuses")} failed, and no incident explains it.`),
    fleet.view.notObservable.length > 0 && h("details", { key: "notObservable", id: "notObservable" },
      h("summary", {}, "What could not be told"),
      h("ul", { class: "soft" }, fleet.view.notObservable.map((words) => h("li", { key: words }, words)))),
  ];
}

function article(incident, labelOf, choose) {
  const [first, ...others] = incident.suspects;
  return h("article", { key: incident.id, class: incident.phase, "data-phase": incident.phase },
    h("p", { class: "phase" }, h("strong", {}, PHASES[incident.phase] ?? incident.phase), ` · since ${clock(incident.onset)}`,
      incident.resolvedAt && ` · ended ${clock(incident.resolvedAt)}`),
    h("h3", {}, incident.title),
    incident.phase !== "resolved" && [
      incident.doubt && h("p", { key: "doubt", class: "doubt" }, incident.doubt),
      first && evidence(first, labelOf, choose),
      others.map((one) => evidence(one, labelOf, choose)),
      incident.runnerUp && h("p", { key: "runner", class: "soft" }, `Next best explanation: ${labelOf(incident.runnerUp)} (`
        + `${incident.runnerUp.contradicting} of ${incident.runnerUp.through} nexuses speak against it).`),
    ],
    h("p", { key: "members" }, `${many(incident.nexuses, "nexus", "nexuses")} of ${many(incident.hosts.length, "host")}, `
      + `${incident.back} back`),
    incident.back > 0 && incident.phase !== "resolved"
      && h("progress", { key: "back", max: incident.nexuses, value: incident.back, "aria-label": "nexuses that are back" }),
    incident.mergedInto && h("p", { key: "merged" }, `Part of incident ${incident.mergedInto}.`),
    h("details", { key: "timeline", open: incident.phase === "resolved" ? undefined : true },
      h("summary", {}, "Timeline"),
      h("ol", { class: "log" }, incident.timeline.map((entry, index) =>
        h("li", { key: index }, h("time", { datetime: entry.at }, clock(entry.at)), h("b", {}, entry.what.toLowerCase()),
          ` ${entry.words}`)))),
    h("details", { key: "hosts" }, h("summary", {}, "Hosts"),
      h("p", { class: "names" }, incident.hosts.map((host) =>
        h("button", { key: host, type: "button", class: "link", onclick: () => choose({ class: "host", id: host }) }, host)))));
}

function evidence(suspect, labelOf, choose) {
  const component = { class: suspect.class, id: suspect.id };
  return h("div", { key: `${suspect.class} ${suspect.id}`, class: "evidence" },
    h("button", { type: "button", class: "link", "data-suspect": `${suspect.class} ${suspect.id}`, onclick: () => choose(component) },
      labelOf(component)),
    h("meter", { min: 0, max: Math.max(1, suspect.through), value: suspect.explained, "aria-label": "nexuses through it that failed" }),
    h("span", {}, `${suspect.explained} of ${suspect.through} nexuses through it failed, ${suspect.contradicting} did not · `
      + `${Math.round(suspect.confidence * 100)} % sure`),
    suspect.equivalent.length > 0
      && h("p", { class: "soft" }, `Not to be told apart from ${suspect.equivalent.map(labelOf).join(", ")}.`));
}

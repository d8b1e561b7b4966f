// The panels beside the picture: incidents with their evidence, the coordinated failback, and the chosen part.

import { clock, element } from "./dom.js";
import { ask, key, tell } from "./fleet.js";

export function incidents(fleet) {
  const shown = fleet.incidents.slice(0, 6).map((incident) => element("article", { class: incident.phase },
    element("div", { class: "phase" }, `${incident.phase} · since ${clock(incident.onset)}`),
    element("h3", {}, incident.title), element("p", {}, incident.words),
    incident.doubt ? element("p", { class: "soft" }, incident.doubt) : "",
    element("p", { class: "soft" }, suspects(incident)),
    element("ol", { class: "timeline" }, incident.timeline.map((entry) =>
      element("li", {}, element("time", {}, clock(entry.at)), entry.words)))));
  return [element("h2", {}, "Incidents"),
    ...(shown.length > 0 ? shown : [element("p", { class: "soft" }, "None. Every nexus that is known is as it should be.")])];
}

function suspects(incident) {
  return incident.suspects.map((suspect) => {
    const same = suspect.equivalent.length > 0
      ? ` (not told apart from ${suspect.equivalent.map(key).join(", ")})` : "";
    return `${key(suspect)}: explains ${suspect.explained} of ${suspect.through}, ${suspect.contradicting} against, `
      + `confidence ${Math.round(suspect.confidence * 100)} %${same}`;
  }).join("; ");
}

/** @param state what the panel keeps between two drawings: the last plan, or what went wrong */
export function failback(fleet, state, redraw) {
  const off = fleet.hosts.reduce((sum, host) => sum + host.mapsOffBestGroup, 0);
  const attempt = (act) => async () => {
    try { await act(); } catch (wrong) { state.problem = wrong.message; }
    redraw();
  };
  const plan = attempt(async () => {
    state.problem = "";
    state.plan = (await tell("/api/v1/failbacks", { dryRun: true })).plan;
  });
  const start = attempt(async () => {
    state.plan = undefined;
    await tell("/api/v1/failbacks", { dryRun: false });
  });
  const running = fleet.failbacks.find((one) => one.phase === "RUNNING");
  const last = running ?? fleet.failbacks[0];
  return [element("h2", {}, "Failback"),
    element("p", {}, off === 0 ? "All maps are on their best path group." : `${off} map(s) are off their best path group.`),
    element("button", { id: "plan", onclick: plan, disabled: off === 0 || Boolean(running) }, "Plan (dry run)"),
    element("button", { id: "start", onclick: start, disabled: !state.plan || state.plan.waves.length === 0 }, "Start"),
    state.problem ? element("p", {}, state.problem) : "",
    state.plan ? planned(state.plan) : "",
    last ? progress(last) : ""];
}

function planned(plan) {
  const waves = plan.waves.map((wave, index) => element("li", {}, `wave ${index + 1}: `
    + wave.steps.map((step) => `${step.host} (${step.maps.length})`).join(", ")));
  const left = plan.leftOut.map((one) => element("li", {}, `left out: ${one.host} ${one.map}: ${one.reason}`));
  return element("ol", { class: "log" }, waves.length > 0 ? waves : element("li", {}, "nothing can be moved now"), left);
}

function progress(failback) {
  return element("div", {},
    element("p", {}, `${failback.id}: ${failback.phase.toLowerCase()}, ${failback.mapsDone} of ${failback.maps} maps`
      + (failback.reason ? `: ${failback.reason}` : "")),
    element("progress", { max: Math.max(failback.steps, 1), value: failback.steps === 0 ? 1 : failback.stepsDone }),
    element("ol", { class: "log" }, failback.log.map((entry) =>
      element("li", {}, element("time", {}, clock(entry.at)), entry.text))));
}

export function chosen(fleet, component, redraw) {
  if (!component) return [element("h2", {}, "Parts"), element("p", { class: "soft" }, "Choose a part of the picture.")];
  const known = fleet.components.find((one) => key(one) === key(component));
  const parts = fleet.parts.filter((one) => key(one.component) === key(component));
  const act = (part) => async () => {
    await tell(`/demo/v1/parts/${encodeURIComponent(part.id)}/${part.failed ? "restore" : "fail"}`);
    redraw();
  };
  const buttons = parts.map((part) => element("button", {
    class: part.failed ? "" : "danger", "data-part": part.id, onclick: act(part),
  }, `${part.failed ? "Restore" : "Fail"} ${part.label}`));
  const counts = Object.entries(known?.nexuses ?? {}).filter(([, n]) => n > 0);
  const details = element("div", {});
  if (component.class === "host") hostDetails(component.id, details);
  return [element("h2", {}, known?.label ?? key(component)), ...buttons,
    element("dl", {}, element("dt", {}, "id"), element("dd", {}, component.id),
      element("dt", {}, "hosts"), element("dd", {}, String(known?.hosts ?? 0)),
      counts.flatMap(([state, n]) => [element("dt", {}, state), element("dd", {}, `${n} nexus(es)`)])),
    details];
}

async function hostDetails(host, into) {
  const { maps } = await ask(`/api/v1/hosts/${encodeURIComponent(host)}`);
  into.append(element("table", {}, element("tr", {}, ["map", "paths", "group"].map((head) => element("th", {}, head))),
    maps.map((map) => element("tr", {}, element("td", {}, map.wwid),
      element("td", {}, `${map.usablePaths} of ${map.paths}`),
      element("td", {}, map.offBestGroup ? `${map.currentGroup}, best is ${map.bestGroup}` : String(map.currentGroup))))));
}

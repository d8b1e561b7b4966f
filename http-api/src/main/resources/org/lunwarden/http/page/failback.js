// The coordinated failback: what is off its best path group, what would be done, and how far it is.

import { clock, h, many } from "./dom.js";
import { tell } from "./fleet.js";

/** What the panel remembers between two looks: the plan on show, what went wrong, and whether an answer is awaited. */
const kept = { plan: undefined, problem: "", busy: false };

export function failback(fleet, redraw, refresh) {
  const off = fleet.hosts.reduce((sum, host) => sum + host.mapsOffBestGroup, 0);
  const running = fleet.failbacks.find((one) => one.phase === "RUNNING" || one.phase === "PAUSED");
  const shown = running ?? newest(fleet.failbacks);
  const attempt = (act) => async () => {
    kept.busy = true;
    kept.problem = "";
    redraw();
    try { await act(); } catch (wrong) { kept.problem = wrong.message; }
    kept.busy = false;
    redraw();
    refresh();
  };
  const plan = attempt(async () => { kept.plan = (await tell("/api/v1/failbacks", { dryRun: true })).plan; });
  const start = attempt(async () => {
    await tell("/api/v1/failbacks", { dryRun: false, plan: kept.plan.fingerprint });
    kept.plan = undefined;
  });
  const steer = (word) => attempt(() => tell(`/api/v1/failbacks/${encodeURIComponent(running.id)}/${word}`));
  const hold = running?.phase === "PAUSED" ? "resume" : "pause";
  if (off === 0 && !running) kept.plan = undefined;
  const ready = kept.plan !== undefined && kept.plan.waves.length > 0;
  return [
    h("h2", {}, "Failback"),
    h("p", { id: "offbest", class: off > 0 ? "warn" : "" }, off === 0 ? "All maps are on their best path group."
      : `${many(off, "map")} off their best path group.`),
    h("p", { key: "buttons" },
      h("button", { type: "button", id: "plan", onclick: plan, disabled: off === 0 || Boolean(running) || kept.busy }, "Plan"),
      h("button", { type: "button", id: "start", class: "main", onclick: start, disabled: !ready || Boolean(running) || kept.busy },
        "Start"),
      running && h("button", { type: "button", key: hold, id: hold, onclick: steer(hold), disabled: kept.busy },
        hold === "pause" ? "Pause" : "Go on"),
      running && h("button", { type: "button", key: "stop", id: "stop", class: "danger", onclick: steer("stop"), disabled: kept.busy },
        "Stop")),
    kept.problem && h("p", { key: "problem", class: "doubt", role: "alert" }, kept.problem),
    kept.plan && planned(kept.plan),
    shown && progress(shown),
  ];
}

const newest = (all) => [...all].sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];

function planned(plan) {
  const maps = plan.waves.flatMap((wave) => wave.steps).reduce((sum, step) => sum + step.maps.length, 0);
  const reasons = new Map();
  plan.leftOut.forEach((one) => reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1));
  return h("div", { key: "planned", id: "planned" },
    h("p", {}, maps === 0 ? "Nothing can be moved now." : `Would move ${many(maps, "map")} in ${many(plan.waves.length, "wave")}:`),
    h("ol", { class: "log" },
      plan.waves.map((wave, index) => h("li", { key: index }, h("b", {}, `wave ${index + 1}`), ` ${waveInWords(wave)}`)),
      [...reasons].map(([reason, count]) => h("li", { key: reason }, h("b", {}, "left out"), ` ${many(count, "map")}: ${reason}`))));
}

function waveInWords(wave) {
  const names = wave.steps.map((step) => (step.maps.length === 1 ? step.host : `${step.host} (${step.maps.length} maps)`));
  const luns = new Set(wave.steps.flatMap((step) => step.maps));
  const some = names.length > 8 ? [...names.slice(0, 8), `and ${names.length - 8} more`] : names;
  return `${luns.size === 1 ? `LUN …${[...luns][0].slice(-6)}` : many(luns.size, "LUN")} on ${some.join(", ")}`;
}

function progress(failback) {
  const done = failback.phase !== "RUNNING" && failback.phase !== "PAUSED";
  return h("div", { key: failback.id, class: `run ${failback.phase.toLowerCase()}`, "data-failback": failback.phase },
    h("p", {}, h("b", {}, { RUNNING: "Under way", PAUSED: "Paused", DONE: "Done", STOPPED: "Stopped" }[failback.phase]),
      `: ${failback.mapsDone} of ${many(failback.maps, "map")}, step ${failback.stepsDone} of ${failback.steps}`,
      failback.reason && ` (${failback.reason})`),
    h("progress", {
      max: Math.max(failback.maps, 1), value: done && failback.maps === 0 ? 1 : failback.mapsDone, "aria-label": "maps moved back",
    }),
    h("details", { open: done ? undefined : true }, h("summary", {}, "Log"),
      h("ol", { class: "log" }, failback.log.map((entry, index) =>
        h("li", { key: index }, h("time", { datetime: entry.at }, clock(entry.at)), ` ${entry.text}`)))));
}

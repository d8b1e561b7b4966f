// What happened, newest first: one line an event, and one for a burst of nexuses that changed alike.

import { clock, h, many } from "./dom.js";

const KEPT = 60;
const BURST = 3000;
const entries = [];

export function heard(event) {
  const what = event.what;
  if (what.event === "nexuses-changed") {
    const burst = entries.find((one) => one.state === what.state && Date.parse(event.at) - one.since < BURST);
    if (burst) {
      burst.nexuses += what.nexuses.length;
      burst.hosts.add(what.host);
      burst.words = inWords(burst);
      return;
    }
    const entry = { id: event.id, at: event.at, since: Date.parse(event.at), state: what.state, nexuses: what.nexuses.length, hosts: new Set([what.host]) };
    add({ ...entry, words: inWords(entry), level: what.state });
  } else {
    const [words, level] = told(what);
    if (words && entries[0]?.words !== words) add({ id: event.id, at: event.at, words, level });
  }
}

/** What somebody did on this page. */
export function did(words) {
  add({ id: `did ${performance.now()}`, at: new Date().toISOString(), words, level: "admin" });
}

function add(entry) {
  entries.unshift(entry);
  entries.length = Math.min(entries.length, KEPT);
}

const inWords = ({ nexuses, hosts, state }) => `${many(nexuses, "nexus", "nexuses")} of ${many(hosts.size, "host")} ${state}`;

function told(what) {
  switch (what.event) {
    case "incident-changed":
      return [`Incident ${what.change}: ${what.incident.title}`, what.incident.phase === "resolved" ? "up" : "down"];
    case "failback-changed": {
      const { phase, mapsDone, maps, reason, log } = what.failback;
      return phase === "RUNNING" || phase === "PAUSED" ? [`Failback: ${log.at(-1)?.text ?? "begun"}`, "admin"]
        : [`Failback ${phase.toLowerCase()}: ${mapsDone} of ${many(maps, "map")}${reason ? `: ${reason}` : ""}`,
          phase === "DONE" ? "up" : "down"];
    }
    case "hosts-disagree":
      return [`${what.dispute.one} and ${what.dispute.other} take ${what.dispute.map} from each other`, "down"];
    case "host-appeared": return [`${what.host} appeared`, "up"];
    case "host-silent": return [`${what.host} is silent`, "unknown"];
    case "host-stopped": return [`${what.host} stopped its daemon`, "admin"];
    case "host-back": return [`${what.host} is back${what.rebooted ? ", rebooted" : ""}`, "up"];
    case "host-forgotten": return [`${what.host} was silent for so long that it is forgotten`, "unknown"];
    case "window-changed":
      return [`${what.window.by}: ${what.window.kind} ${what.window.id} until ${what.window.until}, ${what.window.reason}`, "admin"];
    case "resize-changed": {
      const { id, wwid, by, phase, hosts, reason } = what.resize;
      return [`${by ? `${by}: ` : ""}${id} of ${wwid} on ${many(hosts.length, "host")}: ${phase}${reason ? `, ${reason}` : ""}`,
        phase === "done" ? "up" : phase === "refused" || phase === "partial" ? "down" : "admin"];
    }
    case "events-missed": return ["Some events were missed", "unknown"];
    default: return ["", "unknown"];
  }
}

export function happened() {
  return [
    h("h2", {}, "What happens"),
    entries.length === 0 ? h("p", { class: "soft" }, "Nothing since this page was opened.")
      : h("ol", { class: "log" }, entries.map((one) => h("li", { key: one.id }, h("time", { datetime: one.at }, clock(one.at)),
        h("i", { class: `dot ${one.level}` }), one.words))),
  ];
}

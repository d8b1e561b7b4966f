// Puts the page together: looks at the fleet whenever something happened, and draws it anew.

import { listen, look, key } from "./fleet.js";
import { picture } from "./picture.js";
import { chosen, failback, incidents } from "./incidents.js";

const place = (id) => document.getElementById(id);
const failbackState = {};
let fleet;
let component;
let looking = false;
let again = false;

function draw() {
  if (!fleet) return;
  place("picture").replaceChildren(picture(fleet, component && key(component), choose));
  place("incidents").replaceChildren(...incidents(fleet));
  place("failback").replaceChildren(...failback(fleet, failbackState, refresh).filter(Boolean));
  const reporting = fleet.hosts.filter((host) => host.contact === "reporting").length;
  const open = fleet.incidents.filter((incident) => incident.phase !== "resolved").length;
  const stranded = fleet.hosts.filter((host) => host.mapsWithoutPath > 0).length;
  place("summary").textContent = `${reporting} of ${fleet.hosts.length} hosts report · ${open} open incident(s)`
    + (stranded > 0 ? ` · ${stranded} host(s) with a LUN that has no path` : "");
  place("summary").classList.toggle("bad", open > 0 || stranded > 0);
}

function choose(part) {
  component = part;
  draw();
  drawChosen();
}

function drawChosen() {
  place("chosen").replaceChildren(...chosen(fleet, component, refresh));
}

/** One look at a time; what happens meanwhile is looked at right after. */
async function refresh() {
  if (looking) { again = true; return; }
  looking = true;
  try {
    fleet = await look();
    draw();
    drawChosen();
  } catch (wrong) {
    place("summary").textContent = `The view does not answer: ${wrong.message}`;
    place("summary").classList.add("bad");
  } finally {
    looking = false;
    if (again) { again = false; refresh(); }
  }
}

listen(refresh);

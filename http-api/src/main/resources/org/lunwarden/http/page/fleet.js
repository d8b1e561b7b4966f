// What the page knows of the fleet, and how it asks for it. Everything comes from the API; nothing is kept elsewhere.

/** Above so many hosts, a host is a cell of a grid, and what is joined to what is learnt from samples. */
export const FEW_HOSTS = 60;
const SAMPLE = 40;
const AT_ONCE = 6;

export async function ask(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(await reason(response));
  return response.json();
}

export async function tell(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? "" : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await reason(response));
  return response.status === 204 ? undefined : response.json();
}

async function reason(response) {
  try {
    return (await response.json()).detail ?? response.statusText;
  } catch {
    return response.statusText;
  }
}

/** All of a list, part by part. */
async function all(path) {
  const items = [];
  for (;;) {
    const page = await ask(`${path}${path.includes("?") ? "&" : "?"}limit=10000&offset=${items.length}`);
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

export const through = (component, limit) =>
  `/api/v1/nexuses?class=${component.class}&id=${encodeURIComponent(component.id)}&limit=${limit}`;

let canBreak = true;

/** How the fleet is; without its nexuses, which are many. `parts` is there only where parts can be failed on purpose. */
export async function look() {
  const [view, hosts, components, incidents, failbacks, parts] = await Promise.all([
    ask("/api/v1/fleet"), all("/api/v1/hosts"), all("/api/v1/components"), ask("/api/v1/incidents?limit=20"), ask("/api/v1/failbacks"),
    canBreak ? ask("/demo/v1/parts").catch(() => { canBreak = false; return []; }) : [],
  ]);
  return {
    view, hosts, incidents: incidents.items, failbacks, parts,
    components: new Map(components.map((one) => [key(one), one])),
  };
}

/** Nexuses enough to tell what is joined to what: all of a small fleet, some through each part of a large one. */
export async function lookAtNexuses(fleet) {
  if (fleet.hosts.length <= FEW_HOSTS) return all("/api/v1/nexuses");
  const asked = [...fleet.components.values()].filter((one) => ["switch", "subnet", "targetPort"].includes(one.class));
  const found = [];
  const ask1 = async () => {
    for (let next = asked.pop(); next; next = asked.pop()) found.push(...(await ask(through(next, SAMPLE))).items);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask1));
  return found;
}

export const key = (component) => `${component.class} ${component.id}`;

/** One word for many nexuses: the colour of what they have in common. */
export function stateOf(counts = {}) {
  const { up = 0, down = 0, partial = 0, unknown = 0, admin = 0 } = counts;
  if (down > 0 && up + partial === 0) return "down";
  if (down + partial > 0) return "partial";
  if (up > 0) return "up";
  return admin > 0 && unknown === 0 ? "admin" : "unknown";
}

export const hostState = (host) => (host.contact === "reporting" ? stateOf(host.nexuses) : "unknown");

export const totalOf = (counts = {}) => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Calls `heard` with each event, and `changed` soon after any of them, now and then, and when the page is seen again. */
export function listen(heard, changed) {
  const events = new EventSource("/api/v1/events");
  events.onmessage = (message) => { heard(JSON.parse(message.data)); changed(); };
  events.onopen = changed;
  events.onerror = changed;
  setInterval(changed, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) changed(); });
}

/**
 * Does `act` when asked, one at a time, and rests between two for at least five times as long as one took: a page never
 * takes more than a small share of a view, however large the fleet and however many events.
 */
export function unhurried(act, least = 150) {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    again = false;
    const start = performance.now();
    await act();
    setTimeout(() => { running = false; if (again) run(); }, Math.max(least, 5 * (performance.now() - start)));
  };
  return () => { if (running) again = true; else run(); };
}

// What the page knows of the fleet, and how it asks for it. Everything comes from the API; nothing is kept elsewhere.

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

export async function look() {
  const [hosts, nexuses, components, incidents, failbacks, parts] = await Promise.all([
    all("/api/v1/hosts"), all("/api/v1/nexuses"), all("/api/v1/components"), all("/api/v1/incidents"),
    ask("/api/v1/failbacks"), ask("/demo/v1/parts").catch(() => []),
  ]);
  return { hosts, nexuses, components, incidents, failbacks, parts };
}

export const key = (component) => `${component.class} ${component.id}`;

/** One word for many nexuses: the colour of what they have in common. */
export function stateOf(counts) {
  const { up = 0, down = 0, partial = 0, unknown = 0, admin = 0 } = counts;
  if (down > 0 && up + partial === 0) return "down";
  if (down + partial > 0) return "partial";
  if (up > 0) return "up";
  return admin > 0 && unknown === 0 ? "admin" : "unknown";
}

/** Calls back soon after anything happened, and again later when the view was out of reach. */
export function listen(changed) {
  let timer;
  const soon = (delay) => { clearTimeout(timer); timer = setTimeout(changed, delay); };
  const events = new EventSource("/api/v1/events");
  events.onmessage = () => soon(120);
  events.onopen = () => soon(0);
  events.onerror = () => soon(1000);
  setInterval(() => soon(0), 5000);
}

// A tree of plain values for what shall be seen, and the one function that makes the document match it. What stays
// the same is left alone, so that focus, selection and scrolling survive; what comes from the fleet is only ever text.

const DRAWING = "http://www.w3.org/2000/svg";
const seen = new WeakMap();

/** An element: attributes named on… are handlers; `key` tells it from its siblings when their order changes. */
export const h = (name, attributes = {}, ...children) => ({ name, attributes, children });

/** Makes the children of `parent` be `trees`: elements, texts, lists of them; undefined, false and "" are nothing. */
export function show(parent, ...trees) {
  const wanted = trees.flat(Infinity)
    .filter((tree) => tree !== undefined && tree !== null && tree !== false && tree !== "")
    .map((tree) => (typeof tree === "object" ? tree : { text: String(tree) }));
  const spare = [...parent.childNodes];
  const nodes = wanted.map((tree) => {
    const at = spare.findIndex((node) => isSame(seen.get(node), tree));
    return at < 0 ? made(tree, parent) : spare.splice(at, 1)[0];
  });
  spare.forEach((node) => node.remove());
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
    update(node, wanted[index]);
  });
}

const isSame = (was, tree) => was !== undefined && was.name === tree.name && was.attributes?.key === tree.attributes?.key;

function made(tree, parent) {
  if (tree.text !== undefined) return document.createTextNode(tree.text);
  const drawing = tree.name === "svg" || parent.namespaceURI === DRAWING;
  return drawing ? document.createElementNS(DRAWING, tree.name) : document.createElement(tree.name);
}

function update(node, tree) {
  const was = seen.get(node);
  seen.set(node, tree);
  if (tree.text !== undefined) {
    if (node.data !== tree.text) node.data = tree.text;
    return;
  }
  for (const name of Object.keys(was?.attributes ?? {})) {
    if (!(name in tree.attributes)) set(node, name, undefined);
  }
  for (const [name, value] of Object.entries(tree.attributes)) {
    if (was?.attributes[name] !== value) set(node, name, value);
  }
  show(node, tree.children);
}

function set(node, name, value) {
  if (name === "key") return;
  if (name.startsWith("on")) node[name] = value ?? null;
  else if (value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

/** Handlers for something that is no button and acts like one. */
export const pressed = (act) => ({
  tabindex: 0, role: "button", onclick: act,
  onkeydown: (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act(event);
  },
});

export const clock = (instant) =>
  new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

// Elements built from names, attributes and text: nothing that was read is ever parsed as HTML.
type Attributes = Readonly<Record<string, string | number | boolean | null>>;
type Child = Node | string;

const SVG = "http://www.w3.org/2000/svg";

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

export function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function set(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? "" : String(value));
  }
}

/** The form that `data-form` of the element names ('#filters' or 'filters'), else the one it stands in. */
export function formOf(from: HTMLElement): HTMLFormElement | null {
  const named = from.dataset.form;
  const found = named === undefined ? from.closest("form") : document.getElementById(named.replace(/^#/, ""));
  return found instanceof HTMLFormElement ? found : null;
}

/** Sets a field of the form; one that the form lacks is added, hidden. */
export function setField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
    field.value = value;
  else form.append(element("input", { type: "hidden", name, value }));
}

/** Puts a picture into the host before the part that holds `list`, so after its heading; first where there is none. */
export function putBefore(host: HTMLElement, list: Element | null, ...pictures: readonly Element[]): void {
  const part = [...host.children].find((child) => list !== null && child.contains(list));
  if (part) part.before(...pictures);
  else host.prepend(...pictures);
}

/** The number that an attribute holds; null where it holds none. */
export function numberIn(from: Element, attribute: string): number | null {
  const text = from.getAttribute(attribute)?.trim() ?? "";
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? null : value;
}

function filled<E extends Element>(target: E, attributes: Attributes, children: readonly Child[]): E {
  set(target, attributes);
  target.append(...children);
  return target;
}

// `<dl-map>` or `[data-map]`: a map over a list of places that stands in the page already. Each mark is a link in the order
// of the list; all that a drag does, a button or a field does too. Places as coarse as a province are no points: they stay
// in the list alone.
import { type GeoProjection, geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import { type Selection, select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { type Atlas, atlas, type Detail } from "./atlas";
import { element, formOf, numberIn, putBefore, set, setField, shape } from "./dom";
import { type Box, boxAround, boxIn, boxText, middleOf, outlineOf, type Point, radius } from "./geo";
import { around, clearOf, type Label, nameOf, spotsOf } from "./labels";
import { say } from "./voice";

type Place = {
  readonly name: string;
  readonly href: string | null;
  readonly at: Point;
  readonly count: number;
  readonly isDisputed: boolean;
  readonly isGuess: boolean;
};
type Mark = { readonly place: Place; readonly node: SVGElement; readonly text: SVGTextElement; readonly size: number };

const COARSE = new Set(["province", "country", "region"]);
const FINE_FROM = 3.5;
const CLOSEST = 160;
const FIT_AT_MOST = 28;
const SIDES = ["west", "south", "east", "north"] as const;
const CLICK_PX = 4;
const OUT = [-1e4, -1e4] as const;

export async function startMap(host: HTMLElement): Promise<void> {
  const items = [...host.querySelectorAll<HTMLElement>("li[data-lat][data-lon]")];
  const places = items.flatMap((item) => placeOf(item) ?? []);
  const world = await atlas("coarse");
  const map = new WorldMap(host, places, world);
  const left = items.length - places.length;
  if (left > 0)
    map.note(left === 1 ? "1 place is too coarse to be a point." : `${left} places are too coarse to be points.`);
}

function placeOf(item: HTMLElement): Place | null {
  const lat = numberIn(item, "data-lat");
  const lon = numberIn(item, "data-lon");
  if (lat === null || lon === null || Math.abs(lat) > 90 || COARSE.has(item.dataset.precision ?? "")) return null;
  const link = item.querySelector<HTMLAnchorElement>("a[href]");
  const disputed = item.dataset.disputed;
  return {
    name: item.dataset.name ?? (link ?? item).textContent?.trim().replace(/\s+/g, " ") ?? "",
    href: link?.getAttribute("href") ?? null,
    at: [lon, lat],
    count: numberIn(item, "data-count") ?? 1,
    isDisputed: disputed !== undefined && disputed !== "0" && disputed !== "false",
    isGuess: item.dataset.guess !== undefined,
  };
}

class WorldMap {
  readonly #host: HTMLElement;
  readonly #places: readonly Place[];
  readonly #centre: number;
  readonly #form: HTMLFormElement | null;
  readonly #bar = element("div", { class: "map-bar" });
  readonly #svg = shape("svg", { class: "map", role: "group" });
  readonly #ground = shape("g");
  readonly #names = shape("g", { "aria-hidden": "true" });
  readonly #points = shape("g");
  readonly #frame: Selection<SVGSVGElement, unknown, null, undefined>;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  #marks: readonly Mark[] = [];
  #projection: GeoProjection = geoEqualEarth();
  #size: readonly [width: number, height: number] = [0, 0];
  #view: ZoomTransform = zoomIdentity;
  #world: Atlas;
  #detail: Detail = "coarse";
  #spots: readonly Label[] = [];
  #isBoxing = false;
  /** An inset: its buttons zoom, and nothing on it is dragged. */
  readonly #isSmall: boolean;

  constructor(host: HTMLElement, places: readonly Place[], world: Atlas) {
    this.#host = host;
    this.#places = places;
    this.#world = world;
    this.#centre = middleOf(places.map((place) => place.at[0]));
    this.#form = formOf(host);
    this.#isSmall = host.dataset.map === "small";
    this.#svg.append(this.#ground, this.#names, this.#points);
    set(this.#svg, { "aria-label": `Map of ${places.length} places; the list has the same places in the same order` });
    this.#frame = select<SVGSVGElement, unknown>(this.#svg);
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([1, CLOSEST])
      .filter((event: Event) => this.#mayMove(event))
      .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => this.#move(event.transform))
      .on("end", () => this.#settle());
    this.#frame.call(this.#zoom).on("dblclick.zoom", null);
    this.#fillBar();
    const frame = element("div", { class: "map-frame" }, this.#svg);
    putBefore(host, host.querySelector("li[data-lat]"), this.#bar, frame);
    this.#marks = places.map((place) => this.#mark(place));
    this.#points.append(...this.#marks.map((mark) => mark.node));
    if (this.#form) this.#bindBox(this.#form);
    this.#watchSize(frame);
  }

  note(text: string): void {
    this.#host.querySelector(".map-frame")?.after(element("p", { class: "muted" }, element("small", {}, text)));
  }

  // ---------------------------------------------------------------- drawing
  #watchSize(frame: HTMLElement): void {
    // Height changes with the bars of a phone's browser: only a new width is a new map.
    new ResizeObserver(() => {
      if (Math.round(this.#svg.clientWidth) !== this.#size[0]) this.#layOut();
    }).observe(frame);
    this.#layOut();
  }

  #layOut(): void {
    const width = Math.round(this.#svg.clientWidth);
    const height = Math.round(this.#svg.clientHeight);
    if (width === 0 || height === 0) return;
    this.#size = [width, height];
    set(this.#svg, { viewBox: `0 0 ${width} ${height}` });
    this.#projection = geoEqualEarth()
      .rotate([-this.#centre, 0])
      .fitExtent(
        [
          [4, 4],
          [width - 4, height - 4],
        ],
        { type: "Sphere" },
      );
    this.#zoom
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [0, 0],
        [width, height],
      ]);
    this.#draw();
    this.fit();
  }

  #draw(): void {
    const path = geoPath(this.#projection);
    const drawn = (kind: string, outline: string | null) => shape("path", { class: kind, d: outline ?? "" });
    this.#ground.replaceChildren(
      drawn("sphere", path({ type: "Sphere" })),
      drawn("graticule", path(geoGraticule10())),
      drawn("land", path(this.#world.land)),
      drawn("borders", path(this.#world.borders)),
    );
    const box = boxIn(this.#field("bbox"));
    if (box) {
      const outline = path({ type: "LineString", coordinates: outlineOf(box).map((point) => [...point]) });
      this.#ground.append(shape("path", { class: "box", d: outline ?? "", "vector-effect": "non-scaling-stroke" }));
    }
    this.#spots = spotsOf(this.#world.countries, path);
  }

  #mark(place: Place): Mark {
    const most = Math.max(...this.#places.map((one) => one.count));
    const size = radius(place.count, most);
    const text = shape("text", { y: 4, "aria-hidden": "true" }, nameOf(place.name));
    const outline = shape("path", { d: place.isDisputed ? diamond(size) : circle(size) });
    const label = labelOf(place);
    const node = shape(
      place.href === null ? "g" : "a",
      { class: "mark", "aria-label": label, "data-disputed": place.isDisputed, "data-guess": place.isGuess },
      shape("title", {}, label),
      outline,
      text,
    );
    if (place.href !== null) set(node, { href: place.href });
    else set(node, { role: "img" });
    // A mark that the keyboard reaches out of sight is brought into view.
    node.addEventListener("focus", () => this.#bringIn(place));
    return { place, node, text, size };
  }

  #move(view: ZoomTransform): void {
    this.#view = view;
    set(this.#ground, { transform: view.toString() });
    for (const mark of this.#marks) {
      const at = this.#screen(mark.place.at);
      set(mark.node, { transform: at === null ? null : `translate(${at[0].toFixed(1)},${at[1].toFixed(1)})` });
    }
    this.#names.replaceChildren();
  }

  #settle(): void {
    this.#label();
    if (this.#view.k < FINE_FROM || this.#detail === "fine") return;
    this.#detail = "fine";
    void atlas("fine").then(
      (world) => {
        this.#world = world;
        this.#draw();
        this.#label();
      },
      () => {
        this.#detail = "coarse";
      },
    );
  }

  #label(): void {
    const [width, height] = this.#size;
    const at = this.#marks.map((mark) => this.#screen(mark.place.at) ?? OUT);
    const marks = this.#marks.map((mark, index): Label => {
      const [x, y] = at[index] ?? OUT;
      return {
        name: nameOf(mark.place.name),
        x: x + besides(mark),
        end: x - besides(mark),
        y,
        room: Number.POSITIVE_INFINITY,
        anchor: "start",
      };
    });
    const countries = this.#spots.map((spot): Label => {
      const [x, y] = this.#view.apply([spot.x, spot.y]);
      return { ...spot, x, y, room: spot.room * this.#view.k };
    });
    const taken = this.#marks.map((mark, index) => around(...(at[index] ?? OUT), mark.size));
    const clear = clearOf([...marks, ...countries], taken, width, height);
    for (const [index, mark] of this.#marks.entries()) {
      const isLeft = clear[index] === "other";
      set(mark.text, { x: isLeft ? -besides(mark) : besides(mark), "text-anchor": isLeft ? "end" : null });
      set(mark.text, { visibility: clear[index] ? null : "hidden" });
    }
    const shown = countries.filter((_, index) => clear[marks.length + index]);
    this.#names.replaceChildren(
      ...shown.map((one) => shape("text", { class: "country", x: one.x, y: one.y + 4 }, one.name)),
    );
  }

  #screen(at: Point): readonly [x: number, y: number] | null {
    const point = this.#projection([at[0], at[1]]);
    return point === null ? null : this.#view.apply(point);
  }

  // ---------------------------------------------------------------- moving
  #mayMove(event: Event): boolean {
    if (this.#isBoxing || this.#isSmall) return false;
    // One finger scrolls the page; two move the map. (Not every browser knows a TouchEvent by name.)
    if ("touches" in event) return (event as TouchEvent).touches.length > 1;
    if (event instanceof WheelEvent) return this.#mayTurn(event);
    return !(event instanceof MouseEvent && (event.button !== 0 || event.ctrlKey));
  }

  /** At the ends of the scale the wheel is the page's again. */
  #mayTurn(event: WheelEvent): boolean {
    return event.deltaY > 0 ? this.#view.k > 1 : this.#view.k < CLOSEST;
  }

  /** Shows all marks, or the world where there are none. */
  fit(): void {
    const [width, height] = this.#size;
    const points = this.#places.flatMap((place) => {
      const point = this.#projection([place.at[0], place.at[1]]);
      return point === null ? [] : [point];
    });
    if (points.length === 0) {
      this.#go(zoomIdentity);
      return;
    }
    const [left, right] = extent(points.map((point) => point[0]));
    const [top, bottom] = extent(points.map((point) => point[1]));
    const room = Math.min((width * 0.84) / Math.max(right - left, 1), (height * 0.84) / Math.max(bottom - top, 1));
    const k = Math.min(Math.max(room, 1), FIT_AT_MOST);
    this.#go(
      zoomIdentity
        .translate(width / 2, height / 2)
        .scale(k)
        .translate(-(left + right) / 2, -(top + bottom) / 2),
    );
  }

  #go(view: ZoomTransform): void {
    this.#frame.call(this.#zoom.transform, view);
  }

  #bringIn(place: Place): void {
    const at = this.#screen(place.at);
    const point = this.#projection([place.at[0], place.at[1]]);
    const [width, height] = this.#size;
    if (at === null || point === null) return;
    if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height)
      this.#frame.call(this.#zoom.translateTo, point[0], point[1]);
  }

  #fillBar(): void {
    const scale = (by: number) => () => this.#frame.call(this.#zoom.scaleBy, by);
    const shift = (x: number, y: number) => () => {
      const [width, height] = this.#size;
      this.#frame.call(this.#zoom.translateBy, (x * width) / 3 / this.#view.k, (y * height) / 3 / this.#view.k);
    };
    this.#bar.append(
      button("+ Closer", scale(1.8)),
      button("− Farther", scale(1 / 1.8)),
      button("Fit", () => this.fit()),
    );
    if (this.#isSmall) return;
    this.#bar.append(
      button("← West", shift(1, 0)),
      button("→ East", shift(-1, 0)),
      button("↑ North", shift(0, 1)),
      button("↓ South", shift(0, -1)),
    );
  }

  // ---------------------------------------------------------------- a box as filter
  #field(name: string): string {
    const field = this.#form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  }

  #bindBox(form: HTMLFormElement): void {
    const draw = button("Draw a box", () => this.#toggleBoxing(draw));
    set(draw, { "aria-pressed": "false" });
    this.#bar.append(draw);
    bindSides(form);
    this.#svg.addEventListener("pointerdown", (event) => {
      if (this.#isBoxing && event.button === 0) this.#drag(event, form, draw);
    });
    this.#svg.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#isBoxing) this.#toggleBoxing(draw);
    });
  }

  #toggleBoxing(draw: HTMLElement): void {
    this.#isBoxing = !this.#isBoxing;
    this.#svg.classList.toggle("is-boxing", this.#isBoxing);
    set(draw, { "aria-pressed": String(this.#isBoxing) });
    if (this.#isBoxing) say("Drag over the map to draw a box, or give its four sides in the form");
  }

  #drag(down: PointerEvent, form: HTMLFormElement, draw: HTMLElement): void {
    down.preventDefault();
    const from = this.#within(down);
    const frame = shape("rect", { class: "box" });
    this.#svg.append(frame);
    this.#svg.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent) => set(frame, rectangle(from, this.#within(event)));
    const end = (event: PointerEvent) => {
      this.#svg.removeEventListener("pointermove", move);
      this.#svg.removeEventListener("pointerup", end);
      this.#svg.removeEventListener("pointercancel", end);
      frame.remove();
      const to = this.#within(event);
      if (event.type === "pointercancel" || Math.hypot(to[0] - from[0], to[1] - from[1]) < CLICK_PX) return;
      this.#toggleBoxing(draw);
      const box = this.#boxBetween(from, to);
      if (box) submitBox(form, box);
    };
    this.#svg.addEventListener("pointermove", move);
    this.#svg.addEventListener("pointerup", end);
    this.#svg.addEventListener("pointercancel", end);
  }

  #within(event: PointerEvent): readonly [number, number] {
    const frame = this.#svg.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  /** The box of degrees around a rectangle of the screen. Its sides bend on the globe: points along them are asked too. */
  #boxBetween(a: readonly [number, number], b: readonly [number, number]): Box | null {
    const shares = [0, 0.25, 0.5, 0.75, 1];
    const at = (x: number, y: number): Point | null => {
      const flat = this.#view.invert([x, y]);
      const point = this.#projection.invert?.(flat);
      return point && this.#isOnGlobe(point, flat) ? [point[0], point[1]] : null;
    };
    const points = shares.flatMap((h) => shares.map((v) => at(a[0] + (b[0] - a[0]) * h, a[1] + (b[1] - a[1]) * v)));
    return boxAround(
      points.filter((point) => point !== null),
      this.#centre,
    );
  }

  /** Beyond the edge of the drawn world the inverse gives a point that lies elsewhere. */
  #isOnGlobe(point: [number, number], flat: readonly [number, number]): boolean {
    const back = this.#projection(point);
    return back !== null && Math.hypot(back[0] - flat[0], back[1] - flat[1]) < 1;
  }
}

function submitBox(form: HTMLFormElement, box: Box): void {
  setField(form, "bbox", boxText(box));
  for (const side of SIDES)
    if (form.elements.namedItem(side) !== null) setField(form, side, String(Number(box[side].toFixed(3))));
  form.requestSubmit();
}

/** Keeps `bbox` what the four number fields say; the address then holds `bbox` alone. */
function bindSides(form: HTMLFormElement): void {
  const sides = SIDES.flatMap((side) => {
    const field = form.elements.namedItem(side);
    return field instanceof HTMLInputElement ? [field] : [];
  });
  if (sides.length < SIDES.length) return;
  const gather = () => {
    const values = sides.map((field) => field.value.trim());
    if (values.every((value) => value === "")) setField(form, "bbox", "");
    else if (boxIn(values.join(","))) setField(form, "bbox", values.join(","));
  };
  for (const field of sides) field.addEventListener("change", gather);
  form.addEventListener("formdata", (event) => {
    if (event.formData.get("bbox")) for (const side of SIDES) event.formData.delete(side);
  });
}

function labelOf(place: Place): string {
  const events = place.count === 1 ? "1 event" : `${place.count} events`;
  return `${place.name}: ${events}${place.isDisputed ? ", disputed" : ""}${place.isGuess ? ", place is a guess" : ""}`;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "button" }, text);
  made.addEventListener("click", act);
  return made;
}

function circle(r: number): string {
  return `M0,${-r}a${r},${r} 0 1 1 0,${2 * r}a${r},${r} 0 1 1 0,${-2 * r}z`;
}

/** How far from its middle a mark's name begins. */
function besides(mark: Mark): number {
  return mark.size * 1.25 + 3;
}

function diamond(r: number): string {
  const reach = r * 1.25;
  return `M0,${-reach}L${reach},0L0,${reach}L${-reach},0z`;
}

function rectangle(a: readonly [number, number], b: readonly [number, number]) {
  return {
    x: Math.min(a[0], b[0]),
    y: Math.min(a[1], b[1]),
    width: Math.abs(a[0] - b[0]),
    height: Math.abs(a[1] - b[1]),
  };
}

function extent(values: readonly number[]): readonly [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

// Which names a map can show without one lying on another. Names that do not fit are in the list; none is lost.
import type { Geometry, Position } from "geojson";
import type { Country } from "./atlas";

/** A name at a point in pixels, with the room (pixels) that it may take. */
export type Label = {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly anchor: "start" | "middle";
  /** Where the name may end instead, to the left of what it names. */
  readonly end?: number;
};
export type Side = "first" | "other";
export type Area = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

const LETTER_PX = 6.6;
const LINE_PX = 15;

/** The short name on the map: what stands before the first comma or bracket. */
export function nameOf(full: string): string {
  return full.split(/[,(]/)[0]?.trim() ?? full;
}

/** For each label the side on which it is shown, null where it is not: in view, in its room, clear of `marks` and labels before. */
export function clearOf(
  labels: readonly Label[],
  marks: readonly Area[],
  width: number,
  height: number,
): readonly (Side | null)[] {
  const taken = [...marks];
  const isFree = (area: Area, room: number): boolean =>
    area.left >= 0 &&
    area.right <= width &&
    area.top >= 0 &&
    area.bottom <= height &&
    area.right - area.left <= room &&
    !taken.some((other) => overlaps(area, other));
  return labels.map((label) => {
    const first = areaOf(label);
    if (isFree(first, label.room)) {
      taken.push(first);
      return "first";
    }
    if (label.end === undefined) return null;
    const other = { ...first, left: label.end - (first.right - first.left), right: label.end };
    if (!isFree(other, label.room)) return null;
    taken.push(other);
    return "other";
  });
}

/** A country's name in the middle of its largest part, largest country first. Worked out in degrees: projecting all is slow. */
export function spotsOf(
  countries: readonly Country[],
  project: (point: [number, number]) => [number, number] | null,
): Label[] {
  const labels = countries.flatMap((country): Label[] => {
    const part = largest(country.geometry);
    const at = part && project([part.lon, part.lat]);
    const [west, east] = part ? [project([part.west, part.lat]), project([part.east, part.lat])] : [];
    if (!at || !west || !east) return [];
    return [{ name: country.properties.name, x: at[0], y: at[1], room: Math.abs(east[0] - west[0]), anchor: "middle" }];
  });
  return labels.sort((a, b) => b.room - a.room);
}

type Part = { readonly lon: number; readonly lat: number; readonly west: number; readonly east: number };

function largest(geometry: Geometry): Part | null {
  const polygons =
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  let best: Part | null = null;
  let most = 0;
  for (const [ring] of polygons) {
    const { area, ...part } = middleOf(ring ?? []);
    if (area > most) [best, most] = [part, area];
  }
  return best;
}

/** Centre of gravity of a ring in degrees, its sides, and its area where a degree of longitude shrinks towards the poles. */
export function middleOf(ring: readonly Position[]): Part & { readonly area: number } {
  let [twice, lon, lat] = [0, 0, 0];
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = x, nextY = y] = ring[(index + 1) % ring.length] ?? [];
    const cross = x * nextY - nextX * y;
    twice += cross;
    lon += (x + nextX) * cross;
    lat += (y + nextY) * cross;
    west = Math.min(west, x);
    east = Math.max(east, x);
  }
  if (twice === 0) return { lon: 0, lat: 0, west, east, area: 0 };
  const middle = lat / (3 * twice);
  const area = Math.abs(twice / 2) * Math.cos((middle * Math.PI) / 180);
  return { lon: lon / (3 * twice), lat: middle, west, east, area };
}

/** The square that a mark takes. */
export function around(x: number, y: number, size: number): Area {
  return { left: x - size, right: x + size, top: y - size, bottom: y + size };
}

function areaOf(label: Label): Area {
  const width = [...label.name].length * LETTER_PX;
  const left = label.anchor === "middle" ? label.x - width / 2 : label.x;
  return { left, right: left + width, top: label.y - LINE_PX / 2, bottom: label.y + LINE_PX / 2 };
}

function overlaps(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

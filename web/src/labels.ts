// Which names a map can show without one lying on another. Names that do not fit are in the list; none is lost.
import type { Geometry, Position } from "geojson";
import type { Country } from "./atlas";
import { type Point, wrapped } from "./geo";

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
export function spotsOf(countries: readonly Country[], project: Project): Label[] {
  const labels = countries.flatMap((country): Label[] => {
    const part = largest(country.geometry);
    const at = part && project([part.lon, part.lat]);
    if (!at) return [];
    const room = part.width * degreeAt(part.lon, part.lat, project);
    return [{ name: country.properties.name, x: at[0], y: at[1], room, anchor: "middle" }];
  });
  return labels.sort((a, b) => b.room - a.room);
}

type Project = (point: [number, number]) => [number, number] | null;
/** The middle of a part of a country and its width, in degrees; `lon` may lie beyond 180. */
type Part = { readonly lon: number; readonly lat: number; readonly width: number };

/** How many pixels a degree of longitude is there; the seam of the map may lie on one side of it. */
function degreeAt(lon: number, lat: number, project: Project): number {
  const [before, at, after] = [project([lon - 1, lat]), project([lon, lat]), project([lon + 1, lat])];
  return before && at && after ? Math.min(Math.abs(at[0] - before[0]), Math.abs(after[0] - at[0])) : 0;
}

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

/** Centre of gravity of a ring, its width, and its area where a degree of longitude shrinks towards the poles; in degrees. */
export function middleOf(ring: readonly Position[]): Part & { readonly area: number } {
  const points = unrolled(ring);
  let [twice, lon, lat] = [0, 0, 0];
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    const cross = x * nextY - nextX * y;
    twice += cross;
    lon += (x + nextX) * cross;
    lat += (y + nextY) * cross;
  }
  if (twice === 0) return { lon: 0, lat: 0, width: 0, area: 0 };
  const lons = points.map(([x]) => x);
  const middle = lat / (3 * twice);
  return {
    lon: lon / (3 * twice),
    lat: middle,
    width: Math.max(...lons) - Math.min(...lons),
    area: Math.abs(twice / 2) * Math.cos((middle * Math.PI) / 180),
  };
}

/** A ring without jumps: over the antimeridian its longitudes go on beyond 180. One around a pole does not close: none. */
function unrolled(ring: readonly Position[]): Point[] {
  const points: Point[] = [];
  let last = ring[0]?.[0] ?? 0;
  for (const [x = 0, y = 0] of ring) {
    last += wrapped(x - last);
    points.push([last, y]);
  }
  const [first, end] = [points[0], points.at(-1)];
  return first && end && Math.abs(first[0] - end[0]) < 180 ? points : [];
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

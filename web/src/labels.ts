// Which names a map can show without one lying on another. Names that do not fit are in the list; none is lost.
import type { GeoPath } from "d3-geo";
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

/** A country's name in the middle of its largest part, largest country first. */
export function spotsOf(countries: readonly Country[], path: GeoPath): Label[] {
  return countries
    .map((country) => {
      const main = largest(country, path);
      const [x, y] = path.centroid(main);
      const [[left], [right]] = path.bounds(main);
      return { name: country.properties.name, x, y, room: right - left, anchor: "middle" as const };
    })
    .filter((label) => Number.isFinite(label.x))
    .sort((a, b) => b.room - a.room);
}

function largest(country: Country, path: GeoPath): GeoJSON.Geometry {
  if (country.geometry.type !== "MultiPolygon") return country.geometry;
  const parts = country.geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  return parts.reduce((a, b) => (path.area(a) >= path.area(b) ? a : b));
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
